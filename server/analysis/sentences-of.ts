import { selectKnownTexts, selectTexts } from '../../db/analysis/texts';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { sentenceEnds } from '../../lib/analysis/sentences';

/** UTF-16 units of text that sentences are looked for in. */
const MOST_TEXT = 20_000_000;
/** Where sentences of texts end that were looked at last: by what their reader may read of them. */
const ends = new Map<string, readonly number[]>();
const MOST_KEPT = 2_000;
/** Texts that are read with one query. */
const CHUNK = 50;

/**
 * Where the sentences of these sources end, by source, and how many of the sources are left out as there is too much text.
 * Only texts that were not looked at lately are read. @throws the signal's reason when it aborts.
 */
export async function sentencesOf(
  grant: Grant,
  sourceIds: readonly string[],
  signal?: AbortSignal,
): Promise<{ endsOf: Map<string, readonly number[]>; left: number }> {
  const db = database();
  const endsOf = new Map<string, readonly number[]>();
  const { texts, left } = await selectKnownTexts(db, grant, sourceIds, MOST_TEXT);
  const unknown: string[] = [];
  for (const one of texts) {
    const known = ends.get(keyOf(one));
    if (known === undefined) unknown.push(one.sourceId);
    else endsOf.set(one.sourceId, known);
  }
  for (let at = 0; at < unknown.length; at += CHUNK) {
    const only = unknown.slice(at, at + CHUNK);
    for (const one of (await selectTexts(db, grant, { only, most: MOST_TEXT })).texts) {
      signal?.throwIfAborted();
      const found = sentenceEnds(one.text, one.language);
      ends.set(keyOf(one), found);
      endsOf.set(one.sourceId, found);
      const [oldest] = ends.keys();
      if (ends.size > MOST_KEPT && oldest !== undefined) ends.delete(oldest);
      // Others are served between two texts.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { endsOf, left };
}

const keyOf = ({ sourceId, hash, language }: { sourceId: string; hash?: string; language: string | null }) =>
  `${sourceId} ${hash} ${language}`;
