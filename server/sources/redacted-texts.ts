import type { Transaction } from '../../db/client';
import {
  closeMarks,
  deleteRedacted,
  indexAnew,
  putPlace,
  putRedacted,
  selectPassages,
  selectVersionNumbers,
  selectWholeText,
} from '../../db/protected-passages';
import type { Grant } from '../../lib/access/grant';
import { anchor } from '../../lib/anchoring/anchor';
import { describe, type Span } from '../../lib/anchoring/describe';
import type { ProtectedPassage } from '../../lib/sources/protection';
import { hashOf } from './read-given';
import { redactArticle } from './redact-html';

type InProject = Pick<Grant, 'projectId'>;

/**
 * Writes anew how a source is read by those who are not named in its protection: each version of it, or the one that just came; then
 * closes the marks that touch a protected passage. Nothing is left of it where no passage is protected.
 */
export async function rewriteRedacted(
  tx: Transaction,
  grant: InProject,
  sourceId: string,
  only?: number,
): Promise<void> {
  const passages = await selectPassages(tx, grant, sourceId);
  if (passages.length === 0) await deleteRedacted(tx, grant, sourceId);
  else
    for (const version of only === undefined ? await selectVersionNumbers(tx, grant, sourceId) : [only]) {
      const whole = await selectWholeText(tx, grant, sourceId, version);
      if (whole === null) continue;
      const made = redactArticle(whole, spansIn(passages, version, whole.text.length));
      await putRedacted(tx, grant, { sourceId, version, ...made, hash: hashOf(made.text) });
    }
  // A version that just came has no marks yet.
  if (only === undefined) await closeMarks(tx, sourceId);
  await indexAnew(tx, sourceId);
}

/** What is blacked out in a version: the passages, or all of it where one was not found for certain. */
function spansIn(passages: readonly ProtectedPassage[], version: number, length: number): Span[] {
  if (passages.some(({ missingIn }) => missingIn.includes(version))) return [{ start: 0, end: length }];
  return passages.flatMap(({ places }) => places.find((one) => one.version === version)?.place ?? []);
}

/**
 * Looks for a passage, which stands at a place in one version of a source, in other versions: it is there where its very words are,
 * around them what was, and nowhere else as well. What is not certain gets no place.
 */
export async function findInVersions(
  tx: Transaction,
  grant: InProject,
  { sourceId, passageId }: { readonly sourceId: string; readonly passageId: string },
  from: { readonly version: number; readonly place: Span },
  versions: readonly number[],
): Promise<void> {
  const text = (await selectWholeText(tx, grant, sourceId, from.version))?.text ?? '';
  const selectors = describe(text, from.place);
  for (const version of versions) {
    const other = (await selectWholeText(tx, grant, sourceId, version))?.text ?? '';
    const found = anchor(other, selectors);
    if (found.kind !== 'exact' && found.kind !== 'moved') continue;
    await putPlace(tx, grant, { sourceId, passageId, version, place: found.span, decidedBy: null });
  }
}

/**
 * Carries the protected passages of a source to a version that just came, and writes how that is read by those who are not named. Answers
 * how many were not found for certain: until somebody says where they stand, all of the new text is withheld.
 */
export async function carryPassages(
  tx: Transaction,
  grant: InProject,
  sourceId: string,
  version: number,
): Promise<number> {
  const passages = await selectPassages(tx, grant, sourceId);
  if (passages.length === 0) return 0;
  for (const { id: passageId, places } of passages) {
    const last = places.findLast(({ place }) => place !== null);
    if (last?.place)
      await findInVersions(tx, grant, { sourceId, passageId }, { version: last.version, place: last.place }, [
        version,
      ]);
  }
  await rewriteRedacted(tx, grant, sourceId, version);
  return (await selectPassages(tx, grant, sourceId)).filter(({ missingIn }) => missingIn.includes(version))
    .length;
}
