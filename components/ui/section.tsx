import { type ReactNode, useId } from 'react';

/** A part of a page with its own heading. */
export function Section({
  title,
  children,
  about,
  action,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="font-serif text-xl font-semibold">
          {title}
        </h2>
        {action}
      </div>
      {about ? <p className="max-w-prose text-[14px] text-muted">{about}</p> : null}
      {children}
    </section>
  );
}
