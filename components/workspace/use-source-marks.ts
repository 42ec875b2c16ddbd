'use client';
import { useMemo, useRef } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { treeOf } from '@/lib/codebook/tree';
import type { Source } from '@/lib/sources/source';
import type { Thread } from '@/lib/threads/thread';
import { type Filter, passes } from '../annotations/filter';
import { type ColourBy, colourOf } from '../annotations/kinds';
import { useProject } from '../live/project-context';
import { usePass } from '../passes/use-pass';
import type { Mark } from '../reader/highlight-layer';
import { useCodeKeys } from './use-code-keys';
import type { Selected } from './use-marking';
import type { Ranging } from './use-ranging';

/**
 * The marks that stand in the version of a source that is read, in the order of their passages: all of them, those the
 * filter shows, and as they are painted.
 */
export function useSourceMarks(
  { id: sourceId, text: { version } }: Source,
  filter: Filter,
  colourBy: ColourBy,
) {
  const { annotations, codes, threads, me } = useProject((state) => ({
    annotations: state.annotations,
    codes: state.codes,
    threads: state.threads,
    me: state.me.id,
  }));
  const { passId } = usePass(sourceId);
  const stood = useRef(new Map<string, Annotation['selector']>());
  const all = useMemo(() => {
    const found: Annotation[] = [];
    for (const annotation of annotations.values()) {
      if (annotation.sourceId !== sourceId || annotation.deleted !== null) continue;
      if (annotation.version === version) {
        stood.current.set(annotation.id, annotation.selector);
        found.push(annotation);
        continue;
      }
      // A version came while this one is read: what stands in it stays until the newer one is opened.
      const selector = stood.current.get(annotation.id);
      if (selector !== undefined) found.push({ ...annotation, version, selector, anchoring: null });
    }
    return found.sort(byPlace);
  }, [annotations, sourceId, version]);
  const shown = useMemo(() => all.filter((annotation) => passes(filter, annotation)), [all, filter]);
  const codeList = useMemo(() => treeOf([...codes.values()]).map(({ code }): Code => code), [codes]);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    // In a pass one counts what one coded in it oneself.
    const counted =
      passId === null ? all : all.filter((mark) => mark.passId === passId && mark.creator.id === me);
    for (const { codeIds } of counted) for (const id of codeIds) found.set(id, (found.get(id) ?? 0) + 1);
    return found;
  }, [all, passId, me]);
  const codeKeys = useCodeKeys(codeList, counts);
  const discussions = useMemo(() => {
    const found = new Map<string, Thread[]>();
    for (const thread of threads.values()) {
      if (thread.annotationId === null) continue;
      const of = found.get(thread.annotationId);
      if (of === undefined) found.set(thread.annotationId, [thread]);
      else of.push(thread);
    }
    return found;
  }, [threads]);
  const painted = useMemo(
    () =>
      shown.map(
        (annotation): Mark => ({
          id: annotation.id,
          ...spanOf(annotation),
          colour: colourOf(annotation, colourBy, codes),
        }),
      ),
    [shown, colourBy, codes],
  );
  const byId = useMemo(() => new Map(all.map((annotation) => [annotation.id, annotation])), [all]);
  return { all, byId, shown, painted, codes, codeList, codeKeys, counts, discussions };
}

function byPlace(a: Annotation, b: Annotation): number {
  const one = spanOf(a);
  const two = spanOf(b);
  return one.start - two.start || one.end - two.end || (a.id < b.id ? -1 : 1);
}

/**
 * The passage a form is open for is painted too: the browser hides its selection while a field has the focus. So is the
 * proposed quote one is at. A mark whose range is edited is painted where it would stand.
 */
export function usePainted(
  painted: readonly Mark[],
  { selected, panel }: { selected: Selected | null; panel: unknown },
  ranging: Ranging | null,
  proposed: Span | null,
): readonly Mark[] {
  return useMemo(() => {
    if (ranging !== null)
      return [
        ...painted.filter(({ id }) => id !== ranging.id),
        { id: PASSAGE, ...ranging.span, colour: 'active' },
      ];
    const passage = selected !== null && panel !== null ? selected.span : proposed;
    return passage === null ? painted : [...painted, { id: PASSAGE, ...passage, colour: 'active' }];
  }, [painted, selected, panel, ranging, proposed]);
}

/** The id of the painted passage; no annotation has it. */
export const PASSAGE = 'passage';
