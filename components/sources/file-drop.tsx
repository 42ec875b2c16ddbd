'use client';

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';

/** A place files can be dropped on; it lights up while one hovers. For the keyboard there is always a button as well. */
export function FileDrop({
  onFiles,
  isDisabled = false,
  children,
  className = '',
}: {
  onFiles: (files: File[]) => void;
  isDisabled?: boolean;
  children: ReactNode;
  className?: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const drop = useEffectEvent((files: File[]) => onFiles(files));
  useEffect(() => {
    const node = place.current;
    if (node === null || isDisabled) return;
    const listening = new AbortController();
    const { signal } = listening;
    const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    node.addEventListener(
      'dragover',
      (event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    node.addEventListener(
      'dragleave',
      (event) => {
        if (!node.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      { signal },
    );
    node.addEventListener(
      'drop',
      (event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) drop(files);
      },
      { signal },
    );
    return () => listening.abort();
  }, [isDisabled]);
  return (
    <div
      ref={place}
      className={`${className} ${over ? 'outline-2 outline-dashed outline-accent -outline-offset-4' : ''}`}
    >
      {children}
    </div>
  );
}
