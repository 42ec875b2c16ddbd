'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { type Box, place } from './place';

export type Anchor = () => { first: Box; last: Box } | null;

/** The anchor made of one box, or of the lines of a passage. */
export function anchorOf(boxes: ArrayLike<Box>): ReturnType<Anchor> {
  const first = boxes[0];
  const last = boxes[boxes.length - 1];
  return first === undefined || last === undefined ? null : { first, last };
}

/** A panel beside a passage that goes with it when the page scrolls; it neither takes the focus nor shuts the rest off. */
export function Floating({
  label,
  anchor,
  prefer = 'above',
  children,
  className = '',
}: {
  /** What screen readers call it. */
  label: string;
  anchor: Anchor;
  prefer?: 'above' | 'below';
  children: ReactNode;
  className?: string;
}) {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    if (element === null) return;
    let frame = 0;
    const move = () => {
      frame = 0;
      const boxes = anchor();
      element.style.visibility = boxes === null ? 'hidden' : 'visible';
      if (boxes === null) return;
      const { width, height } = element.getBoundingClientRect();
      const view = { top: 52, left: 0, right: window.innerWidth, bottom: window.innerHeight - 4 };
      const { left, top } = place(boxes, { width, height }, view, prefer);
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(move);
    };
    move();
    const sizes = new ResizeObserver(soon);
    sizes.observe(element);
    window.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      window.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  }, [anchor, prefer]);
  return createPortal(
    <section
      ref={panel}
      aria-label={label}
      className={`fixed top-0 left-0 z-30 max-w-[calc(100vw-16px)] rounded-lg border border-line bg-raised text-ink shadow-float ${className}`}
      style={{ visibility: 'hidden' }}
    >
      {children}
    </section>,
    document.body,
  );
}
