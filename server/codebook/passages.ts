import { database } from '../../db/client';
import { lockCodebook, selectCode, selectCodeVersions } from '../../db/codebook';
import { countAllCodings, countCodings } from '../../db/coding-counts';
import {
  confirmCodings,
  countOfOthers,
  countShown,
  type PassageFilter,
  selectPassages,
} from '../../db/codings';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import type { CodeCount, CodePassage, CodeVersion } from '../../lib/codebook/passage';
import { AppError } from '../../lib/errors';
import { notFound, toPage } from '../edit';
import { publish } from '../events/publish';

async function mustBe(grant: Grant, id: string): Promise<void> {
  if ((await selectCode(database(), grant, id, { deleted: true })) === null) throw notFound('code');
}

/** The passages with a code in their context; with `outdated`, those that wait for a review. @throws AppError not-found. */
export async function listPassages(
  grant: Grant,
  id: string,
  query: PassageFilter & { limit: number; cursor?: string },
): Promise<{ items: CodePassage[]; nextCursor: string | null }> {
  const { limit, cursor, ...filter } = query;
  await mustBe(grant, id);
  return toPage(await selectPassages(database(), grant, id, filter, { limit: limit + 1, cursor }), limit);
}

/** How often each code was put on, in all; how often one was, by source and person. */
export async function listCodeCounts(
  grant: Grant,
  codeId: string | undefined,
): Promise<{ items: CodeCount[]; nextCursor: null }> {
  const items =
    codeId === undefined
      ? await countAllCodings(database(), grant)
      : await countCodings(database(), grant, codeId);
  return { items, nextCursor: null };
}

/** What a code meant, the newest first; also of one that was merged. @throws AppError not-found. */
export async function listCodeVersions(
  grant: Grant,
  id: string,
): Promise<{ items: CodeVersion[]; nextCursor: null }> {
  await mustBe(grant, id);
  return { items: await selectCodeVersions(database(), grant, id), nextCursor: null };
}

/** Says that codings hold under what the code says now: their own for an annotator, any for an editor. @throws AppError forbidden. */
export async function confirmPassages(
  grant: Grant,
  id: string,
  annotationIds: readonly string[],
): Promise<{ confirmed: number }> {
  return database().transaction(async (tx) => {
    await lockCodebook(tx, grant, 'use');
    const code = await selectCode(tx, grant, id);
    if (code === null) throw notFound('code');
    if (!can(grant.role, 'annotation.update-any') && (await countOfOthers(tx, grant, annotationIds)) > 0)
      throw new AppError('forbidden', 'Only whoever coded a passage, or an editor, may confirm it.');
    const changed = await confirmCodings(tx, grant, code, annotationIds);
    const { name, definitionVersion: version } = code;
    // Of those that a blind pass hides nobody is told, not even how many they are.
    const confirmed = await countShown(tx, changed);
    if (confirmed > 0)
      await publish(tx, grant, { type: 'code.reviewed', subject: { id, name, version, confirmed } });
    return { confirmed: changed.length };
  });
}
