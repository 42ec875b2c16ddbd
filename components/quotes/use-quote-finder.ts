'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { describe } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import { knownFrom } from '@/lib/quotes/known';
import { teaching, withAliases } from '@/lib/quotes/known-speakers';
import type { Proposal } from '@/lib/quotes/proposal';
import { quoteFrom } from '@/lib/quotes/quote-from';
import { withKnown } from '@/lib/quotes/with-known';
import type { Source } from '@/lib/sources/source';
import { useActions, useProject } from '../live/project-context';
import { toast } from '../ui/toasts';
import { quotesOfProject } from './elsewhere';
import { findInSlices } from './find-in-slices';
import { useRefused } from './refused-here';

export type QuoteFinder = ReturnType<typeof useQuoteFinder>;

/** A proposal's name in the list, and among those that were refused. */
export const keyOf = ({ span }: Proposal): string => `${span.start}-${span.end}`;

type Reading = {
  readonly text: string;
  readonly proposals: readonly Proposal[];
  /** The quotes of the whole project, which the page knows only in part; `null` where they could not be read. */
  readonly elsewhere: readonly Annotation[] | null;
};

/** Looks for quotations in a text and offers those that are neither marked nor refused, with the speakers that are known. */
export function useQuoteFinder({
  source,
  text,
  marks,
  announce,
}: {
  source: Source;
  text: string;
  /** All marks of the source. */
  marks: readonly Annotation[];
  announce: (words: string) => void;
}) {
  const actions = useActions();
  const { annotations, speakers, projectId } = useProject((state) => ({
    annotations: state.annotations,
    speakers: state.speakers,
    projectId: state.project.id,
  }));
  const [isReading, setIsReading] = useState(false);
  const [found, setFound] = useState<Reading | null>(null);
  const { refused, refuse, bringBack } = useRefused(source.id, text);
  const run = useRef(0);
  const latest = useRef({ bringBack });
  latest.current = { bringBack };
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );
  const plain = found?.text === text ? found.proposals : null;
  const elsewhere = found?.elsewhere;
  const { language } = source;
  const { version } = source.text;

  const known = useMemo(() => {
    if (plain === null) return {};
    // What the page knows is newer than what was asked for.
    const quotes = new Map((elsewhere ?? []).map((each) => [each.id, each] as const));
    for (const [id, each] of annotations) quotes.set(id, each);
    const taught = teaching(quotes.values(), speakers.values());
    const here = { sourceId: source.id, version, text, language };
    return withAliases(knownFrom(here, taught, plain), speakers.values());
  }, [plain, elsewhere, annotations, speakers, source.id, version, text, language]);
  const open = useMemo(() => {
    if (plain === null) return null;
    const quoted = marks.filter(({ motivation }) => motivation === 'quoting').map(spanOf);
    return withKnown(plain, known).filter(
      (proposal) =>
        !refused.includes(keyOf(proposal)) &&
        !quoted.some(({ start, end }) => start < proposal.span.end && proposal.span.start < end),
    );
  }, [plain, known, marks, refused]);

  const start = useCallback(async () => {
    run.current += 1;
    const mine = run.current;
    setIsReading(true);
    const [proposals, quotes] = await Promise.all([
      findInSlices(text, language, () => run.current !== mine),
      quotesOfProject(projectId),
    ]);
    if (proposals === null || run.current !== mine) return;
    setIsReading(false);
    setFound({ text, proposals, elsewhere: quotes });
    announce(proposals.length === 0 ? 'No quotations found' : `${proposals.length} quotations found`);
  }, [text, language, announce, projectId]);

  return {
    isReading,
    /** What waits for a decision; `null` before it was looked for. */
    open,
    knowsProject: elsewhere !== null,
    total: plain?.length ?? 0,
    refusedCount: plain?.filter((each) => refused.includes(keyOf(each))).length ?? 0,
    speakers: known.speakers ?? [],
    start,
    accept(proposal: Proposal, speaker = proposal.speaker) {
      const id = actions.createAnnotation({
        sourceId: source.id,
        version,
        motivation: 'quoting',
        selector: describe(text, proposal.span),
        quote: quoteFrom(proposal, speaker.trim().slice(0, 200)),
      });
      const said = speaker === '' ? 'Quote kept, speaker not named' : `Quote of ${speaker} kept`;
      announce(said);
      toast({ text: said, action: { label: 'Undo', onPress: () => actions.removeAnnotation(id) } });
    },
    refuse(proposal: Proposal) {
      const key = keyOf(proposal);
      refuse(key);
      announce('Refused');
      toast({ text: 'Not a quote', action: { label: 'Undo', onPress: () => latest.current.bringBack(key) } });
    },
    bringBack: () => {
      bringBack();
      announce('The refused ones are back');
    },
  };
}
