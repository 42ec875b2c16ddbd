'use client';
import { useEffect, useRef, useState } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Span } from '@/lib/quotes/proposal';
import type { Source } from '@/lib/sources/source';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/progress';
import { DecideProposal } from './decide-proposal';
import { type Decision, ProposalList } from './proposal-list';
import { keyOf, useQuoteFinder } from './use-quote-finder';

/** Finds the quotations of a source, and asks about each: accept, correct, refuse. */
export function QuoteFinder({
  source,
  text,
  marks,
  onShow,
  announce,
}: {
  source: Source;
  /** The text that is read, letter for letter. */
  text: string;
  marks: readonly Annotation[];
  /** Shows a passage in the article; `null` lets it go. */
  onShow: (span: Span | null) => void;
  announce: (words: string) => void;
}) {
  const finder = useQuoteFinder({ source, text, marks, announce });
  const { open } = finder;
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const [isCorrecting, setIsCorrecting] = useState(false);
  const [focusCount, setFocusCount] = useState(0);
  const place = useRef(0);
  const at = open?.findIndex((proposal) => keyOf(proposal) === currentKey) ?? -1;
  const current = open?.[at];
  if (at !== -1) place.current = at;

  // The one that was decided is gone: the next one takes its place.
  const next = open?.[Math.min(place.current, open.length - 1)];
  const nextKey = next === undefined ? null : keyOf(next);
  useEffect(() => {
    if (open !== null && current === undefined) setCurrentKey(nextKey);
  }, [open, current, nextKey]);

  const shown = useRef(onShow);
  shown.current = onShow;
  const [start, end] = [current?.span.start, current?.span.end];
  useEffect(() => {
    shown.current(start === undefined || end === undefined ? null : { start, end });
  }, [start, end]);
  useEffect(() => () => shown.current(null), []);

  const decide = (decision: Decision) => {
    if (current === undefined) return;
    if (decision === 'correct') return setIsCorrecting(true);
    if (decision === 'accept') finder.accept(current);
    else finder.refuse(current);
    setFocusCount((count) => count + 1);
  };
  const leave = () => {
    setIsCorrecting(false);
    setFocusCount((count) => count + 1);
  };

  if (open === null)
    return (
      <div className="flex flex-col items-start gap-2 border-b border-line px-4 py-3">
        {finder.isReading ? (
          <Spinner label="Looking for quotes" />
        ) : (
          <>
            <Button onPress={finder.start} isDisabled={text === ''}>
              Find quotes in this source
            </Button>
            <p className="text-[13px] text-muted">
              Proposes what stands in quotation marks and who says it. You decide about each; nothing is kept
              before.
            </p>
          </>
        )}
      </div>
    );
  return (
    <section aria-label="Find quotes" className="border-b border-line">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <p className="grow text-[14px] font-medium">{headingOf(open.length, finder.total)}</p>
        {finder.refusedCount === 0 ? null : (
          <Button size="small" look="quiet" onPress={finder.bringBack}>
            Bring back {finder.refusedCount} refused
          </Button>
        )}
        {finder.knowsProject ? null : (
          <p className="text-[13px] text-warning">
            The quotes of other sources could not be read: speakers corrected there are not known.
          </p>
        )}
        {open.length === 0 ? null : (
          <p className="text-[12px] text-muted max-sm:hidden">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move, <Kbd>a</Kbd> accepts, <Kbd>e</Kbd> corrects, <Kbd>r</Kbd> refuses
          </p>
        )}
      </div>
      <ProposalList
        proposals={open}
        text={text}
        currentKey={currentKey}
        focusCount={focusCount}
        onCurrent={(key) => {
          if (key !== currentKey) setIsCorrecting(false);
          setCurrentKey(key);
        }}
        onDecide={decide}
      />
      {current === undefined ? null : (
        <DecideProposal
          key={keyOf(current)}
          proposal={current}
          isCorrecting={isCorrecting}
          speakers={finder.speakers}
          onDecide={decide}
          onSave={(speaker) => {
            finder.accept(current, speaker.trim());
            leave();
          }}
          onCancel={leave}
        />
      )}
    </section>
  );
}

function headingOf(open: number, total: number): string {
  if (total === 0) return 'No quotations found. You can still select one and press q.';
  if (open === 0) return 'Nothing is left to decide.';
  return open === 1 ? '1 proposal' : `${open} proposals`;
}
