import { database } from '../../db/client';
import { selectSourceText } from '../../db/sources';
import { type StoredTarget, selectTargets } from '../../db/targets';
import type { Grant } from '../../lib/access/grant';
import type { TargetState } from '../../lib/annotations/anchoring';
import { passageAround } from '../../lib/annotations/decide-target';
import type { Target } from '../../lib/annotations/target';
import { notFound } from '../edit';

/** Where the visible marks of a source stand in a version (the current one when none is named), by their ids. */
export async function listTargets(
  grant: Grant,
  sourceId: string,
  query: { limit: number; cursor?: string; version?: number; state?: TargetState },
): Promise<{ items: Target[]; nextCursor: string | null }> {
  const { limit, cursor, version, state } = query;
  const stored = await selectSourceText(database(), grant, sourceId, version);
  if (stored === null) throw notFound('version of this source');
  const filter = { sourceId, version: stored.version, state };
  const rows = await selectTargets(database(), grant, filter, { limit: limit + 1, cursor });
  const items = rows.slice(0, limit).map((row) => withWords(row, stored.text));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.annotationId ?? null) : null };
}

/** A target whose candidates show their words, from the text of its version. */
export function withWords(target: StoredTarget, text: string): Target {
  return {
    ...target,
    candidates: target.candidates.map(({ score, ...span }) => ({ ...passageAround(text, span), score })),
  };
}
