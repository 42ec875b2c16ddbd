import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

const GAP = 6;

/** A small panel by a place in the text: below it, above where there is no room, always inside the window. */
export function Floating({
  at,
  className,
  children,
}: {
  at: () => DOMRect | null;
  className: string;
  children: ReactNode;
}) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const element = panel.current;
      const anchor = at();
      if (!element || !anchor) return;
      const { width, height } = element.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const below = anchor.bottom + GAP;
      const top = below + height <= clientHeight - GAP ? below : Math.max(GAP, anchor.top - GAP - height);
      const left = Math.max(GAP, Math.min(anchor.left, clientWidth - width - GAP));
      element.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
      element.style.visibility = 'visible';
    };
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  });
  return createPortal(
    <div ref={panel} className={`note-floating ${className}`}>
      {children}
    </div>,
    document.body,
  );
}
