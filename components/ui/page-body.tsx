import type { ReactNode } from 'react';

/** The readable column of an ordinary page. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-3xl px-4 py-8">{children}</div>;
}
