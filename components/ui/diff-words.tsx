'use client';
import './diff.css';
import { useMemo } from 'react';
import { compareTexts } from '@/lib/anchoring/compare';
import { differencesOf } from '@/lib/anchoring/differences';

type Stretch = { readonly text: string; readonly kind: 'same' | 'added' | 'removed' };

/** The words of two passages, each cut into what both have and what only one has. */
export function wordsApart(before: string, after: string): { before: Stretch[]; after: Stretch[] } {
  const differences = differencesOf(compareTexts(before, after));
  // What moved inside a passage is removed here and added there.
  const gone = differences.flatMap((one) =>
    one.kind === 'removed' || one.kind === 'moved' ? [one.old] : [],
  );
  const come = differences.flatMap((one) => (one.kind === 'added' || one.kind === 'moved' ? [one.new] : []));
  return { before: cut(before, gone, 'removed'), after: cut(after, come, 'added') };
}

function cut(
  text: string,
  spans: readonly { start: number; end: number }[],
  kind: Stretch['kind'],
): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((one, two) => one.start - two.start)) {
    if (start > at) found.push({ text: text.slice(at, start), kind: 'same' });
    found.push({ text: text.slice(start, end), kind });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), kind: 'same' });
  return found;
}

/** A passage with what the other lacks pointed out: words taken away, or words put in. */
export function DiffWords({
  before,
  after,
  side,
}: {
  before: string;
  after: string;
  side: 'before' | 'after';
}) {
  const stretches = useMemo(() => wordsApart(before, after)[side], [before, after, side]);
  return (
    <>
      {stretches.map(({ text, kind }, index) => {
        const key = `${index} ${kind}`;
        if (kind === 'removed') return <del key={key}>{text}</del>;
        if (kind === 'added') return <ins key={key}>{text}</ins>;
        return <span key={key}>{text}</span>;
      })}
    </>
  );
}
