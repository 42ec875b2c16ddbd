import type { ReactNode } from 'react';

/** What to do where there is nothing yet: a sentence or two, and the action beside them. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-3 py-6">
      <div className="flex flex-col gap-1">
        <p className="font-serif text-lg font-semibold">{title}</p>
        {children ? <div className="max-w-prose text-muted">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
