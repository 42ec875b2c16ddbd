import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

const GAP = 6;

/**
 * A small panel by a place in the text: below it, above where there is no room, always inside the window. It stays
 * inside the note's own element, since a sheet that holds the note lets nobody reach what lies outside.
 */
export function Floating({
  inside,
  at,
  className,
  children,
}: {
  inside: Element;
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
      element.style.translate = 'none';
      // Where the page's corner is for this element: not 0, 0 below a transformed ancestor.
      const { width, height, left: x, top: y } = element.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const below = anchor.bottom + GAP;
      const top = below + height <= clientHeight - GAP ? below : Math.max(GAP, anchor.top - GAP - height);
      const left = Math.max(GAP, Math.min(anchor.left, clientWidth - width - GAP));
      element.style.translate = `${Math.round(left - x)}px ${Math.round(top - y)}px`;
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
    inside,
  );
}
