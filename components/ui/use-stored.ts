'use client';
import { useCallback, useEffect, useState } from 'react';

/** A setting of this browser, kept in its local storage where it allows that. The first render has the fallback. */
export function useStored<T>(key: string, fallback: T, isValid: (value: unknown) => value is T) {
  const [value, setValue] = useState(fallback);
  useEffect(() => {
    const kept = read(key);
    if (isValid(kept)) setValue(kept);
  }, [key, isValid]);
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, keep] as const;
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    // Storage is shut off, or holds something of another time: the fallback does.
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only costs the memory of a column's width.
  }
}
