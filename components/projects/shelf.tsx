import { type ReactNode, useId } from 'react';

/** Projects that stand apart from those that are worked on; folded away until somebody looks for one. */
export function Shelf({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const id = useId();
  return (
    <details className="group mt-10">
      <summary className="w-fit cursor-pointer rounded py-1 text-[13px] font-medium text-muted hover:text-ink">
        {title}
      </summary>
      <p id={id} className="max-w-prose pb-2 text-[13px] text-muted">
        {about}
      </p>
      <ul aria-describedby={id} className="border-t border-line">
        {children}
      </ul>
    </details>
  );
}
