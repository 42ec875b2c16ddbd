'use client';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { compareTexts } from '@/lib/anchoring/compare';
import { type Difference, differencesOf } from '@/lib/anchoring/differences';
import type { Code } from '@/lib/codebook/code';
import { sanitiseArticle } from '../reader/sanitise';
import '../reader/highlights.css';
import { DiffDom } from './diff-dom';
import '../ui/diff.css';

export type Amounts = { added: number; removed: number; moved: number };
export type Steps = { go(by: 1 | -1): { at: number; of: number; words: string } | null };
/** A mark as it stood in this version. */
export type StoodMark = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly colour: Code['colour'];
};

const name = (colour: string) => `gloss-${colour}`;

/** One version of an article to read, with its marks as they stood and what changed since another, in the text itself. */
export function VersionText({
  html,
  before,
  marks,
  label,
  language,
  onAmounts,
  steps,
}: {
  html: string;
  /** The text it is compared with; null for none. */
  before: string | null;
  marks: readonly StoodMark[];
  label: string;
  language: string | null;
  onAmounts: (amounts: Amounts | null) => void;
  steps: Ref<Steps>;
}) {
  const root = useRef<HTMLDivElement>(null);
  const stops = useRef<HTMLElement[]>([]);
  const at = useRef(-1);
  const told = useRef(onAmounts);
  told.current = onAmounts;
  const [dom, setDom] = useState<DiffDom | null>(null);

  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    element.innerHTML = sanitiseArticle(html);
    const made = new DiffDom(element);
    const differences = before === null ? [] : differencesOf(compareTexts(before, made.text));
    stops.current = made.show(differences, before ?? '');
    at.current = -1;
    setDom(made);
    told.current(before === null ? null : amountsOf(differences));
  }, [html, before]);

  useEffect(() => {
    if (dom === null) return;
    const painted: { colour: string; range: AbstractRange }[] = [];
    for (const { colour, ...span } of marks)
      for (const range of dom.rangesOf(span)) painted.push({ colour, range });
    for (const { colour, range } of painted) {
      const highlight = CSS.highlights.get(name(colour)) ?? new Highlight();
      highlight.add(range);
      CSS.highlights.set(name(colour), highlight);
    }
    return () => {
      for (const { colour, range } of painted) CSS.highlights.get(name(colour))?.delete(range);
    };
  }, [dom, marks]);

  useImperativeHandle(steps, () => ({
    go(by) {
      const { current: all } = stops;
      if (all.length === 0) return null;
      all[at.current]?.classList.remove('is-step');
      at.current = at.current < 0 && by < 0 ? all.length - 1 : (at.current + by + all.length) % all.length;
      const stop = all[at.current];
      if (stop === undefined) return null;
      stop.classList.add('is-step');
      const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      stop.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
      const kind = stop.tagName === 'DEL' ? 'Taken out' : stop.tagName === 'INS' ? 'Put in' : 'Moved here';
      return {
        at: at.current + 1,
        of: all.length,
        words: `${kind}: ${(stop.textContent ?? '').trim().slice(0, 200)}`,
      };
    },
  }));

  return (
    <div
      ref={root}
      className="article prose diff"
      role="document"
      aria-label={label}
      lang={language ?? undefined}
      dir="auto"
    />
  );
}

/** How many stretches of each kind there are. */
function amountsOf(differences: readonly Difference[]): Amounts {
  const count = (kind: Difference['kind']) => differences.filter((one) => one.kind === kind).length;
  return { added: count('added'), removed: count('removed'), moved: count('moved') };
}
