import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { database as pool, type Transaction } from '@/db/client';
import { lockProject } from '@/db/events';
import { insertEvidence } from '@/db/evidence';
import { insertThread } from '@/db/threads';
import { newId } from '@/lib/new-id';
import { createAnnotation } from '@/server/annotations';
import { createClaim } from '@/server/claims/create-claim';
import { createCode } from '@/server/codebook';
import { mergeCodes } from '@/server/codebook/merge-codes';
import { grantOf } from '@/tests/support/instance';
import { owner, projectId, sourceId } from '@/tests/support/one-source';

const grant = () => grantOf(owner, projectId);

/** Waits, for a bounded time, until a merge that holds its marks waits for the project's lock. */
async function untilOneWaits(): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await pool().execute(
            sql`select from pg_locks l join pg_database d on d.oid = l.database
              where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`,
          )
        ).rows.length,
      { timeout: 10_000 },
    )
    .toBe(1);
}

const target = { claimId: null, codeId: null, noteId: null, sourceId: null, passage: null };
it.each<[string, (tx: Transaction, annotationId: string, claimId: string) => Promise<unknown>]>([
  [
    'a discussion starts on',
    (tx, annotationId) => insertThread(tx, grant(), { id: newId(), ...target, annotationId }),
  ],
  [
    'a claim takes as evidence',
    (tx, annotationId, claimId) =>
      insertEvidence(tx, grant(), claimId, [
        { id: newId(), annotationId, stance: 'supports', reliability: null, credibility: null, note: null },
      ]),
  ],
])('A merge of a code and whatever %s a mark with it go through at once', async (_, bring) => {
  const [from, into] = [
    await createCode(grant(), { name: `From ${newId()}`, definition: '' }),
    await createCode(grant(), { name: `Into ${newId()}`, definition: '' }),
  ];
  const { id: claimId } = await createClaim(grant(), { wording: 'There is one.', tags: [], evidence: [] });
  const { id } = await createAnnotation(grant(), {
    sourceId,
    motivation: 'classifying',
    selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
    codeIds: [from.id],
  });
  const { merge } = await pool().transaction(async (tx) => {
    await lockProject(tx, grant());
    const merge = mergeCodes(grant(), from.id, into.id).catch((error: unknown) => error);
    await untilOneWaits();
    await bring(tx, id, claimId);
    // A promise in an object: it ends after this transaction does.
    return { merge };
  });
  expect(await merge).toMatchObject({ moved: 1 });
});
