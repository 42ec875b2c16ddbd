'use client';
import { useEffect, useRef } from 'react';
import type { Reader } from './article-view';
import type { Mark } from './highlight-layer';

/** Above this many changes at once, painting everything anew is cheaper. */
const MANY = 200;

/** Keeps what is painted in step with these marks, by differences. `onPainted` follows each change. */
export function useMarks(reader: Reader | null, marks: readonly Mark[], onPainted: () => void): void {
  const painted = useRef<{ reader: Reader; marks: Map<string, Mark> } | null>(null);
  const told = useRef(onPainted);
  told.current = onPainted;
  useEffect(() => {
    if (reader === null) return;
    const before = painted.current?.reader === reader ? painted.current.marks : null;
    const after = new Map(marks.map((mark) => [mark.id, mark]));
    painted.current = { reader, marks: after };
    const changed = marks.filter((mark) => !isSame(before?.get(mark.id), mark));
    const gone = before === null ? [] : [...before.keys()].filter((id) => !after.has(id));
    if (before === null || changed.length + gone.length > MANY) reader.layer.set(marks);
    else {
      for (const id of gone) reader.layer.remove(id);
      for (const mark of changed) reader.layer.add(mark);
    }
    told.current();
  }, [reader, marks]);
}

function isSame(a: Mark | undefined, b: Mark): boolean {
  return a !== undefined && a.start === b.start && a.end === b.end && a.colour === b.colour;
}
