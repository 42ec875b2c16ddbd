import type { Annotation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { Code } from '@/lib/codebook/code';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import { grownThread } from './thread-changes';

/*
 * What an older program kept or left in the queue lacks what came later. It is given here what the server gives to old
 * events, so that whoever shows it finds every field.
 */

/** A quote of an older program knows of no record of its speaker, no hedges and no chain. `undefined` stays so. */
export function grownQuote<T extends { quote?: Annotation['quote'] }>(mark: T): T {
  return mark.quote == null ? mark : { ...mark, quote: { ...EMPTY_QUOTE, ...mark.quote } };
}

/** An older mark knows nothing of how it came to the source's version, and of no pass. */
export function grownAnnotation(mark: Annotation): Annotation {
  return grownQuote({
    ...mark,
    anchoring: mark.anchoring ?? null,
    passId: mark.passId ?? null,
    coderId: mark.coderId ?? null,
  });
}

/** An older code stood in a list without a tree, and had a name and a definition alone. */
export function grownCode(code: Code): Code {
  const { whenToUse = '', whenNot = '', parentId = null, rank = '', exampleIds = [] } = code;
  const { memoNoteId = null, definitionVersion = 1, mergedInto = null, splitFrom = null } = code;
  const tree = { parentId, rank, mergedInto, splitFrom };
  return { ...code, ...tree, whenToUse, whenNot, exampleIds, memoNoteId, definitionVersion };
}

/** An older project had no speakers, claims, follow-ups and passes, and no source that derives from another. */
export function grownProject(kept: ProjectSnapshot): ProjectSnapshot {
  const sources = kept.sources.map((source) => ({ ...source, derivesFrom: source.derivesFrom ?? [] }));
  const { speakers = [], claims = [], claimStatuses = [], followUps = [], passes = [] } = kept;
  const { readersComment = false, archived = null } = kept.project;
  const project = { ...kept.project, readersComment, archived };
  const codes = kept.codes.map(grownCode);
  return { ...kept, project, sources, codes, speakers, claims, claimStatuses, followUps, passes };
}

/** The marks and discussions of a source that was kept; an older one knew no protected passages. */
export function grownSource(kept: SourceSnapshot): SourceSnapshot {
  const annotations = kept.annotations.map(grownAnnotation);
  const { protectedPassages = { spans: [], isRedacted: false } } = kept;
  return { ...kept, protectedPassages, annotations, threads: kept.threads.map(grownThread) };
}
