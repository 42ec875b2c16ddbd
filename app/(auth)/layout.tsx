import Link from 'next/link';
import type { ReactNode } from 'react';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-sm flex-col px-4 py-10 sm:py-[12dvh]">
      <header className="pb-8">
        <Link href="/" className="rounded font-serif text-2xl font-semibold tracking-tight">
          Gloss
        </Link>
        <p className="text-muted">Read, mark and write about a source together.</p>
      </header>
      <main>{children}</main>
    </div>
  );
}
