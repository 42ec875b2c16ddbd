import type { ReactNode } from 'react';

/** The title of a page, a line on what it is for, and its main action. */
export function PageHeading({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-6">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="break-words font-serif text-[28px] font-semibold leading-tight">{title}</h1>
        {children ? <p className="max-w-prose text-muted">{children}</p> : null}
      </div>
      {action}
    </div>
  );
}
