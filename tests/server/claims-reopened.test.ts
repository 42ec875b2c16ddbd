import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Claim } from '@/lib/claims/claim';
import type { Notice } from '@/lib/notices/notice';
import { addPerson, ask, type Call, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, edited, FIRST, type Page } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';
const OTHER = 'received eleven boxes of paper';
const SECOND = edited(FIRST, ['any contract was missing', 'any contract had been missing']);

let place: Awaited<ReturnType<typeof desk>>;
let editor: Person;
beforeEach(async () => {
  place = await desk();
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, place, editor.userId, 'editor');
});

const here = (body?: object, params: Record<string, string> = {}): Call => place.inside({ params, body });
const rest = async (on: string, more: object = {}, by = owner) =>
  ask<Claim>(
    'claim.create',
    by,
    here({ wording: `On ${on}`, evidence: [{ annotationId: on, stance: 'supports' }], ...more }),
  );
const get = async (claimId: string): Promise<Claim> => {
  const { passages: _, ...claim } = await ask<Claim & { passages: unknown }>(
    'claim.get',
    owner,
    here(undefined, { claimId }),
  );
  return claim;
};
const change = (claimId: string, body: object) => ask<Claim>('claim.update', owner, here(body, { claimId }));
const heard = async (person: Person) =>
  (await ask<Page<Notice>>('notice.list', person)).items.filter(
    ({ project }) => project.id === place.projectId,
  );

describe('A version of a source', () => {
  it('re-opens the claims whose passage it changed, which lose their sign-off and keep their status', async () => {
    const [touched, apart] = [await place.mark(QUOTE), await place.mark(OTHER)];
    const claim = await rest(touched.id, { status: 'corroborated' });
    const signed = await ask<Claim>('claim.sign-off', editor, here(undefined, { claimId: claim.id }));
    const still = await rest(apart.id);
    await place.make({ text: SECOND });
    const now = await get(claim.id);
    expect(now).toEqual({
      ...signed,
      revision: signed.revision + 1,
      modified: now.modified,
      signedOff: null,
      reopened: { at: now.modified, because: 'source-version', sourceId: place.source.id, version: 2 },
    });
    expect(await get(still.id)).toEqual(still);
    const events = (await place.events()).map(({ happening }) => happening);
    expect(events.at(-1)).toEqual({ type: 'claim.updated', subject: { ...now, did: 'reopened' } });
    // The sign-off is in the log still, with who and when.
    expect(events).toContainEqual({ type: 'claim.updated', subject: { ...signed, did: 'signed-off' } });
  });

  it('re-opens those whose passage is gone or could be in two places', async () => {
    const [twice, gone] = [await place.mark(QUOTE), await place.mark('and called the claim careless')];
    const claims = [await rest(twice.id), await rest(gone.id)];
    const [a, b, c, , e] = FIRST.split('\n\n');
    const text = [`In short. ${QUOTE} on Monday.`, a, c, e, b, `At length. ${QUOTE} on Friday.`].join('\n\n');
    expect((await place.make({ text })).report).toMatchObject({ ambiguous: 1, lost: 1 });
    for (const { id } of claims) expect((await get(id)).reopened).toMatchObject({ version: 2 });
  });

  it('tells of each of many claims, in their order, each once', async () => {
    const mark = await place.mark(QUOTE);
    const claims: string[] = [];
    for (let nth = 0; nth < 12; nth++) claims.push((await rest(mark.id)).id);
    await place.make({ text: SECOND });
    const reopened = (await place.events()).flatMap(({ happening }) =>
      happening.type === 'claim.updated' && happening.subject.did === 'reopened'
        ? [happening.subject.id]
        : [],
    );
    expect(reopened).toEqual(claims);
  });

  it('leaves a claim alone that is deleted, whose mark is deleted, or whose passage it only moved', async () => {
    const [deleted, moved] = [await place.mark(QUOTE), await place.mark(OTHER)];
    const [one, two, three] = [await rest(deleted.id), await rest(deleted.id), await rest(moved.id)];
    await ask('claim.delete', owner, here(undefined, { claimId: one.id }));
    await ask('annotation.delete', owner, here(undefined, { annotationId: deleted.id }));
    await place.make({ text: `A new beginning.\n\n${SECOND}` });
    for (const { id } of [one, two, three]) expect((await get(id)).reopened).toBe(null);
  });

  it.each([
    ['the status is set, to the same one too', { status: 'unverified' }],
    ['somebody says that it is seen to', { reopened: null }],
  ])('has re-opened a claim until %s', async (_, edit) => {
    const claim = await rest((await place.mark(QUOTE)).id);
    await place.make({ text: SECOND });
    expect((await change(claim.id, { wording: 'Other.' })).reopened).not.toBe(null);
    expect(await change(claim.id, edit)).toMatchObject({ status: 'unverified', reopened: null });
    // The next version does not touch the passage any more.
    await place.make({ text: `${SECOND}\n\nAn afterword.` });
    expect((await get(claim.id)).reopened).toBe(null);
  });

  it('has re-opened a claim until it is signed off as it is now', async () => {
    const claim = await rest((await place.mark(QUOTE)).id);
    await place.make({ text: SECOND });
    const signed = await ask<Claim>('claim.sign-off', editor, here(undefined, { claimId: claim.id }));
    expect(signed.reopened).toBe(null);
    expect(signed.signedOff?.by.id).toBe(editor.userId);
  });

  it('is told to who made or owns such a claim, once, with its wording; not to who made the version', async () => {
    const mark = await place.mark(QUOTE);
    const claim = await rest(mark.id, { owner: annotator.userId }, editor);
    await place.make({ text: SECOND });
    const ofSource = async (person: Person) =>
      (await heard(person)).filter(({ kind }) => kind === 'source-changed');
    for (const person of [editor, annotator])
      expect(await ofSource(person)).toMatchObject([
        {
          version: 2,
          touched: 1,
          annotations: [{ id: mark.id, own: false }],
          claims: [{ id: claim.id, wording: claim.wording }],
          notes: [],
        },
      ]);
    expect(await ofSource(owner)).toEqual([]);
  });

  it('misses no claim that a passage is brought to at the same moment', async () => {
    const mark = await place.mark(QUOTE);
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, nth) =>
        ask<Claim>('claim.create', owner, here({ wording: `Claim ${nth}` })),
      ),
    );
    const made = place.make({ text: SECOND });
    const brought = claims.map(({ id }) =>
      call('evidence.create', owner, here({ annotationId: mark.id, stance: 'supports' }, { claimId: id })),
    );
    expect((await Promise.all(brought)).every(({ status }) => status === 201)).toBe(true);
    await made;
    const events = (await place.events()).map(({ happening }) => happening);
    const version = events.findIndex(({ type }) => type === 'source.version-created');
    for (const { id } of claims) {
      const bringing = events.findIndex(
        (one) => one.type === 'claim.updated' && one.subject.id === id && one.subject.did === 'evidence',
      );
      // Brought before: re-opened. Brought after: whoever did saw the new text.
      expect((await get(id)).reopened !== null).toBe(bringing < version);
    }
  });
});
