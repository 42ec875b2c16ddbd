import '@/tests/support/test-environment';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { openApi } from '@/lib/api/openapi';
import type { Claim, EvidencePassage } from '@/lib/claims/claim';
import type { ClaimStatus } from '@/lib/claims/status';
import type { Event } from '@/lib/events/event';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import { newId } from '@/lib/new-id';
import { loadProject } from '@/server/snapshot';
import { addPerson, ask, type Call, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';
import { desk, edited, FIRST, type Page } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';
const OTHER = 'received eleven boxes of paper';

let place: Awaited<ReturnType<typeof desk>>;
let editor: Person;
beforeEach(async () => {
  place = await desk();
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, place, editor.userId, 'editor');
});

const here = (body?: object, params: Record<string, string> = {}, revision?: number): Call =>
  place.inside({ params, body, headers: revision === undefined ? {} : { 'if-match': `"${revision}"` } });
const state = (body: object, by = owner) => ask<Claim>('claim.create', by, here(body));
const get = (claimId: string) =>
  ask<Claim & { passages: EvidencePassage[] }>('claim.get', owner, here(undefined, { claimId }));
const change = (claimId: string, body: object, by = owner) =>
  ask<Claim>('claim.update', by, here(body, { claimId }));
const bring = (claimId: string, body: object, by = owner) =>
  ask<Claim>('evidence.create', by, here(body, { claimId }));
const sign = (claimId: string, by = owner) => ask<Claim>('claim.sign-off', by, here(undefined, { claimId }));
const list = async (query: Record<string, string | number> = {}) =>
  (await ask<Page<Claim>>('claim.list', owner, place.inside({ query }))).items;
const told = async (id: string) =>
  (await place.events()).filter(({ happening }) => (happening.subject as { id?: string }).id === id);

describe('A claim', () => {
  it('is stated with passages, their weight, an owner, a day and tags, and is the same in every reading', async () => {
    const [one, two] = [await place.mark(QUOTE), await place.mark(OTHER)];
    const claim = await state({
      wording: ' No contract is missing. ',
      confidence: 'low',
      owner: annotator.userId,
      due: '2026-12-01',
      tags: ['contracts', 'ministry', 'contracts'],
      evidence: [
        {
          annotationId: one.id,
          stance: 'supports',
          reliability: 'C',
          credibility: 4,
          note: 'Their own word',
        },
        { annotationId: two.id, stance: 'context' },
      ],
    });
    expect(claim).toMatchObject({
      projectId: place.projectId,
      wording: 'No contract is missing.',
      status: 'unverified',
      confidence: 'low',
      owner: { id: annotator.userId, name: 'Annotator' },
      due: '2026-12-01',
      tags: ['contracts', 'ministry'],
      creator: { id: owner.userId },
      revision: 1,
      deleted: null,
      signedOff: null,
      reopened: null,
      evidence: [
        {
          claimId: claim.id,
          annotationId: one.id,
          sourceId: place.source.id,
          stance: 'supports',
          reliability: 'C',
          credibility: 4,
          note: 'Their own word',
        },
        { annotationId: two.id, stance: 'context', reliability: null, credibility: null, note: null },
      ],
    });
    const { passages, ...read } = await get(claim.id);
    expect(read).toEqual(claim);
    expect(await list()).toEqual([claim]);
    const snapshot: ProjectSnapshot = await loadProject(grantOf(owner, place.projectId));
    expect(snapshot.claims).toEqual([claim]);
    expect(snapshot.rest.claims).toBe(null);
    // Of many a page begins with the first, and is told where they go on.
    expect((await loadProject(grantOf(owner, place.projectId), 1)).rest.claims).toBe(claim.id);
    expect((await told(claim.id)).map(({ happening }) => happening)).toEqual([
      { type: 'claim.created', subject: claim },
    ]);
    expect(passages).toMatchObject([
      {
        annotationId: one.id,
        sourceId: place.source.id,
        sourceTitle: 'Report',
        version: 1,
        exact: QUOTE,
        speaker: null,
        motivation: 'highlighting',
        changed: null,
      },
      { annotationId: two.id, exact: OTHER },
    ]);
    expect(passages[0]?.prefix).toMatch(/court\.\s+$/);
  });

  it('is stated once under one id, whoever repeats it', async () => {
    const id = newId();
    const first = await state({ id, wording: 'Once.' });
    expect(await state({ id, wording: 'Twice.' }, editor)).toEqual(first);
    expect(await list()).toHaveLength(1);
    expect(await told(id)).toHaveLength(1);
  });

  it('is refused with what is not in the project, and nothing of it is kept', async () => {
    const deleted = await place.mark(OTHER);
    await ask('annotation.delete', owner, here(undefined, { annotationId: deleted.id }));
    const stranger = await addPerson(database, 'Stranger');
    const mark = await place.mark(QUOTE);
    const twice = { annotationId: mark.id, stance: 'supports' };
    for (const [status, body] of [
      [400, { status: 'proven' }],
      [400, { owner: stranger.userId }],
      [404, { evidence: [{ annotationId: deleted.id, stance: 'supports' }] }],
      [404, { evidence: [twice, { annotationId: newId(), stance: 'supports' }] }],
      [400, { evidence: [twice, twice] }],
    ] as const)
      expect((await call('claim.create', owner, here({ wording: 'No.', ...body }))).status).toBe(status);
    expect(await list()).toEqual([]);
  });

  it('is changed from the revision that was read, by whoever made it, owns it or may edit', async () => {
    const claim = await state({ wording: 'It was closed.', tags: ['a'] }, annotator);
    const changed = await ask<Claim>(
      'claim.update',
      annotator,
      here({ status: 'checking', owner: owner.userId, tags: [] }, { claimId: claim.id }, 1),
    );
    expect(changed).toMatchObject({ status: 'checking', owner: { id: owner.userId }, tags: [], revision: 2 });
    const late = await call('claim.update', editor, here({ due: '2026-01-01' }, { claimId: claim.id }, 1));
    expect(late.status).toBe(409);
    const theirs = await state({ wording: 'Theirs.' }, editor);
    expect((await call('claim.update', annotator, here({ due: null }, { claimId: theirs.id }))).status).toBe(
      403,
    );
    await change(theirs.id, { owner: annotator.userId });
    expect((await change(theirs.id, { status: 'checking' }, annotator)).status).toBe('checking');
    const refused = await call('claim.update', owner, here({ status: 'proven' }, { claimId: claim.id }));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('unverified, checking');
  });

  it('is deleted and comes back whole; meanwhile nothing about it can change', async () => {
    const mark = await place.mark(QUOTE);
    const claim = await state({ wording: 'A.', evidence: [{ annotationId: mark.id, stance: 'supports' }] });
    const params = { claimId: claim.id };
    const gone = await ask<Claim>('claim.delete', owner, here(undefined, params));
    expect(gone.deleted).not.toBe(null);
    expect(await ask<Claim>('claim.delete', owner, here(undefined, params))).toEqual(gone);
    expect(await list()).toEqual([]);
    expect((await call('claim.update', owner, here({ wording: 'B.' }, params))).status).toBe(409);
    expect((await call('claim.sign-off', owner, here(undefined, params))).status).toBe(409);
    const brought = here({ annotationId: mark.id, stance: 'disputes' }, params);
    expect((await call('evidence.create', owner, brought)).status).toBe(409);
    const back = await ask<Claim>('claim.restore', owner, here(undefined, params));
    expect(back).toEqual({ ...claim, modified: back.modified, revision: 3 });
    expect((await told(claim.id)).map(({ happening }) => happening.type)).toEqual([
      'claim.created',
      'claim.deleted',
      'claim.restored',
    ]);
  });

  it('is found by status, owner, tag and source, a page at a time', async () => {
    const mark = await place.mark(QUOTE);
    const one = await state({ wording: 'One.', status: 'checking', tags: ['x, y'] });
    const two = await state({ wording: 'Two.', owner: editor.userId });
    const three = await state({
      wording: 'Three.',
      evidence: [{ annotationId: mark.id, stance: 'context' }],
    });
    const ids = async (query: Record<string, string | number>) => (await list(query)).map(({ id }) => id);
    expect(await ids({ status: 'checking' })).toEqual([one.id]);
    expect(await ids({ tag: 'x, y' })).toEqual([one.id]);
    expect(await ids({ tag: 'x' })).toEqual([]);
    expect(await ids({ owner: editor.userId })).toEqual([two.id]);
    expect(await ids({ source: place.source.id })).toEqual([three.id]);
    expect(await ids({ limit: 2 })).toEqual([one.id, two.id]);
    expect(await ids({ limit: 2, cursor: two.id })).toEqual([three.id]);
  });
});

describe('Evidence', () => {
  it('is one for a passage: brought again it takes what is given, and with nothing new it is no change', async () => {
    const mark = await place.mark(QUOTE);
    const { id } = await state({ wording: 'A.' });
    const first = await bring(id, {
      annotationId: mark.id,
      stance: 'supports',
      reliability: 'B',
      note: 'Why',
    });
    const again = await bring(id, { annotationId: mark.id, stance: 'disputes' }, editor);
    expect(again.evidence).toEqual([{ ...first.evidence[0], stance: 'disputes', revision: 2 }]);
    expect(again.revision).toBe(3);
    expect(await bring(id, { annotationId: mark.id, stance: 'disputes' }, annotator)).toEqual(again);
    const other = here({ annotationId: mark.id, stance: 'context' }, { claimId: id });
    expect((await call('evidence.create', annotator, other)).status).toBe(403);
    expect(await told(id)).toHaveLength(3);
  });

  it('is there once, however many bring the same passage at once', async () => {
    const mark = await place.mark(QUOTE);
    const { id } = await state({ wording: 'A.' });
    const bringing = ['supports', 'disputes', 'context', 'supports'].map((stance) =>
      call('evidence.create', owner, here({ annotationId: mark.id, stance }, { claimId: id })),
    );
    expect((await Promise.all(bringing)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await get(id)).evidence).toHaveLength(1);
  });

  it('is changed and taken away by whoever brought it or may edit, from the revision of its own that was read', async () => {
    const mark = await place.mark(QUOTE);
    const claim = await state({ wording: 'A.' });
    const brought = await bring(claim.id, { annotationId: mark.id, stance: 'supports' }, annotator);
    const params = { claimId: claim.id, evidenceId: brought.evidence[0]?.id ?? '' };
    const weighed = await ask<Claim>(
      'evidence.update',
      annotator,
      here({ credibility: 2, note: 'Two saw it' }, params, 1),
    );
    expect(weighed.evidence).toMatchObject([
      { stance: 'supports', credibility: 2, note: 'Two saw it', revision: 2 },
    ]);
    expect((await call('evidence.update', editor, here({ credibility: 3 }, params, 1))).status).toBe(409);
    expect((await call('evidence.remove', editor, here(undefined, params, 1))).status).toBe(409);
    const rest = await ask<Claim>('evidence.remove', editor, here(undefined, params));
    expect(rest.evidence).toEqual([]);
    expect((await call('evidence.remove', editor, here(undefined, params))).status).toBe(404);
    // Undone: the same evidence under the same id.
    const { id, annotationId, stance, credibility } = weighed.evidence[0] as Claim['evidence'][number];
    const back = await bring(claim.id, { id, annotationId, stance, credibility });
    expect(back.evidence).toMatchObject([{ id, credibility: 2 }]);
  });

  it('says what became of its passage, also in a source that is gone', async () => {
    const [mark, quote] = [
      await place.mark(OTHER),
      await place.mark(QUOTE, { motivation: 'quoting', quote: { speaker: 'The ministry' } }),
    ];
    const evidence = [mark, quote].map(({ id }) => ({ annotationId: id, stance: 'supports' }));
    const claim = await state({ wording: 'A.', evidence });
    const changed = async () => (await get(claim.id)).passages.map((one) => one.changed);
    expect((await get(claim.id)).passages[1]).toMatchObject({
      speaker: 'The ministry',
      motivation: 'quoting',
    });
    await ask('annotation.delete', owner, here(undefined, { annotationId: mark.id }));
    expect(await changed()).toEqual(['The mark was deleted', null]);
    await place.make({ text: edited(FIRST, ['any contract was missing', 'any contract had been missing']) });
    expect(await changed()).toEqual(['The mark was deleted', 'Text changed in version 2']);
    await ask('source.delete', owner, here(undefined, { sourceId: place.source.id }));
    expect(await changed()).toEqual(['The source was removed', 'The source was removed']);
  });
});

describe('A sign-off', () => {
  it('says who checked which revision, when; the log keeps it after it is taken back', async () => {
    const claim = await state({ wording: 'A.' });
    const signed = await ask<Claim>('claim.sign-off', editor, here(undefined, { claimId: claim.id }, 1));
    expect(signed).toMatchObject({
      revision: 2,
      signedOff: { by: { id: editor.userId, name: 'Editor' }, at: signed.modified, revision: 1 },
    });
    expect(await sign(claim.id, editor)).toEqual(signed);
    const unsigned = await ask<Claim>('claim.unsign', owner, here(undefined, { claimId: claim.id }));
    expect(unsigned.signedOff).toBe(null);
    const history = (await told(claim.id)).map(({ happening, actor }) => [
      actor.id,
      (happening as Extract<Event['happening'], { type: 'claim.updated' }>).subject.did,
    ]);
    expect(history).toEqual([
      [owner.userId, undefined],
      [editor.userId, 'signed-off'],
      [owner.userId, 'unsigned'],
    ]);
  });

  it('is refused for a claim that moved on since it was read, and to those who may not', async () => {
    const claim = await state({ wording: 'A.' }, annotator);
    await change(claim.id, { wording: 'B.' });
    const params = { claimId: claim.id };
    expect((await call('claim.sign-off', editor, here(undefined, params, 1))).status).toBe(409);
    expect((await call('claim.sign-off', annotator, here(undefined, params))).status).toBe(403);
    expect((await get(claim.id)).signedOff).toBe(null);
  });

  it('gives way to another person’s, and stays when nothing that was checked changes', async () => {
    const { id } = await state({ wording: 'A.' });
    await sign(id, editor);
    expect((await sign(id, owner)).signedOff?.by.id).toBe(owner.userId);
    const edit = { wording: 'A.', status: 'unverified', due: '2026-01-01', tags: ['t'], confidence: 'high' };
    expect((await change(id, edit)).signedOff?.by.id).toBe(owner.userId);
  });

  it.each([
    ['another wording', (id: string) => change(id, { wording: 'B.' })],
    ['another status', (id: string) => change(id, { status: 'disputed' })],
    [
      'a passage more',
      async (id: string) => bring(id, { annotationId: (await place.mark(OTHER)).id, stance: 'context' }),
    ],
    [
      'another weight',
      async (id: string) => {
        const evidenceId = (await get(id)).evidence[0]?.id ?? '';
        return ask<Claim>('evidence.update', owner, here({ credibility: 5 }, { claimId: id, evidenceId }));
      },
    ],
    [
      'a passage less',
      async (id: string) => {
        const evidenceId = (await get(id)).evidence[0]?.id ?? '';
        return ask<Claim>('evidence.remove', owner, here(undefined, { claimId: id, evidenceId }));
      },
    ],
  ])('ends with %s', async (_, does) => {
    const evidence = [{ annotationId: (await place.mark(QUOTE)).id, stance: 'supports' }];
    const { id } = await state({ wording: 'A.', evidence });
    expect((await sign(id)).signedOff).not.toBe(null);
    expect((await does(id)).signedOff).toBe(null);
  });
});

describe('A sign-off of what rests on a mark', () => {
  /** A signed-off claim on a mark. */
  async function signedOn(annotationId: string): Promise<string> {
    const { id } = await state({ wording: 'A.', evidence: [{ annotationId, stance: 'supports' }] });
    await sign(id, editor);
    return id;
  }
  const isSigned = async (id: string) => (await get(id)).signedOff !== null;
  const selector = (exact: string) => [{ type: 'TextQuoteSelector', exact }];

  it('ends when the mark is put on other words or deleted, not when something is said about it', async () => {
    const mark = await place.mark(QUOTE);
    const params = { annotationId: mark.id };
    const id = await signedOn(mark.id);
    await ask('annotation.update', owner, here({ motivation: 'claiming' }, params));
    expect(await isSigned(id)).toBe(true);
    await ask('annotation.update', owner, here({ selector: selector(OTHER) }, params));
    expect(await isSigned(id)).toBe(false);
    const [last] = (await told(id)).slice(-1).map(({ happening }) => happening);
    expect(last).toMatchObject({ type: 'claim.updated', subject: { did: 'evidence', signedOff: null } });
    await sign(id, editor);
    await ask('annotation.delete', owner, here(undefined, params));
    expect(await isSigned(id)).toBe(false);
  });

  it('ends when somebody decides that the words are others now or gone, not when they confirm them', async () => {
    const [moved, kept, gone] = [
      await place.mark(QUOTE),
      await place.mark(OTHER),
      await place.mark('the auditor said'),
    ];
    await place.make({ text: `Before.\n\n${FIRST}` });
    const [one, two, three] = [await signedOn(moved.id), await signedOn(kept.id), await signedOn(gone.id)];
    const decide = (annotationId: string, decision: object) =>
      ask('target.decide', owner, here(decision, { annotationId }));
    const text = await place.text();
    const [start, end] = [text.indexOf('called the claim'), text.indexOf('careless')];
    await decide(moved.id, { start, end, exact: text.slice(start, end) });
    await decide(kept.id, { accept: true });
    await decide(gone.id, { orphan: true });
    expect([await isSigned(one), await isSigned(two), await isSigned(three)]).toEqual([false, true, false]);
  });
});

describe('The statuses of a project', () => {
  const statuses = async () => (await ask<Page<ClaimStatus>>('claim-status.list', owner, here())).items;
  const put = (body: object, by = owner) => call('claim-status.set', by, here(body));

  it('are renamed, added, ordered and removed; a claim keeps the key of its own', async () => {
    const before = await statuses();
    const { id } = await state({ wording: 'A.', status: 'checking' });
    const next = [
      { key: 'checking', name: 'With the desk', colour: 'teal', isOpen: true },
      { name: 'In print', colour: 'lime', isOpen: false },
      ...before.filter(({ key }) => !['checking', 'retracted'].includes(key)),
    ];
    const answer = await put({ statuses: next, before: before.map(({ key }) => key) });
    expect(answer.status).toBe(200);
    const now = await statuses();
    expect(((await answer.json()) as Page<ClaimStatus>).items).toEqual(now);
    expect(now.map(({ key, order }) => [key, order])).toEqual([
      ['checking', 0],
      ['in-print', 1],
      ['unverified', 2],
      ['corroborated', 3],
      ['contradicted', 4],
      ['disputed', 5],
      ['unsupported', 6],
    ]);
    expect((await get(id)).status).toBe('checking');
    expect((await state({ wording: 'B.' })).status).toBe('checking');
    expect((await change(id, { status: 'in-print' })).status).toBe('in-print');
    expect((await call('claim.create', owner, here({ wording: 'C.', status: 'retracted' }))).status).toBe(
      400,
    );
    const [event] = (await told(place.projectId)).map(({ happening }) => happening);
    expect(event).toEqual({ type: 'claim-status.set', subject: { id: place.projectId, statuses: now } });
    expect((await loadProject(grantOf(owner, place.projectId))).claimStatuses).toEqual(now);
  });

  it('keep one that a claim has, also a deleted one, and say how many do', async () => {
    const before = await statuses();
    const { id } = await state({ wording: 'A.', status: 'retracted' });
    await ask('claim.delete', owner, here(undefined, { claimId: id }));
    const refused = await put({ statuses: before.filter(({ key }) => key !== 'retracted') });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('1 claim has the status “Retracted”');
    expect(await statuses()).toEqual(before);
  });

  it('are not set over those that somebody added meanwhile, nor with one name twice', async () => {
    const before = await statuses();
    const keys = before.map(({ key }) => key);
    expect(
      (await put({ statuses: [...before, { name: 'New', colour: 'sky', isOpen: true }], before: keys }))
        .status,
    ).toBe(200);
    expect((await put({ statuses: before, before: keys })).status).toBe(409);
    const twin = { name: 'CHECKING', colour: 'sky', isOpen: true };
    expect((await put({ statuses: [...before, twin] })).status).toBe(400);
    expect(await statuses()).toHaveLength(8);
  });

  it('never leave a claim with one that is gone, however both are changed at once', async () => {
    const before = await statuses();
    for (let nth = 0; nth < 5; nth++) {
      await put({ statuses: before });
      const id = newId();
      const [made, set] = await Promise.all([
        call('claim.create', owner, here({ id, wording: 'A.', status: 'retracted' })),
        put({ statuses: before.filter(({ key }) => key !== 'retracted') }),
      ]);
      expect([made.status, set.status]).toSatisfy(
        ([a, b]) => (a === 201 && b === 409) || (a === 400 && b === 200),
      );
      if (made.status === 201) await change(id, { status: 'checking' });
    }
  });
});

describe('What a source derives from', () => {
  it('is said and taken back, in the source and to everybody; twice is no change', async () => {
    const [{ id: sourceId }, { id: originId }] = [await addText('Outlet'), await addText('Draft report')];
    const params = { sourceId, originId };
    const source = await ask<{ derivesFrom: string[]; revision: number }>(
      'source-origin.add',
      editor,
      here(undefined, params),
    );
    expect(source).toMatchObject({ derivesFrom: [originId], revision: 2 });
    expect(await ask('source-origin.add', editor, here(undefined, params))).toEqual(source);
    expect(await ask('source.get', owner, here(undefined, { sourceId }))).toEqual(source);
    const back = here(undefined, { sourceId: originId, originId: sourceId });
    expect((await call('source-origin.add', editor, back)).status).toBe(200);
    const rest = await ask('source-origin.remove', owner, here(undefined, params));
    expect(rest).toMatchObject({ derivesFrom: [], revision: 3 });
    expect(await ask('source-origin.remove', owner, here(undefined, params))).toEqual(rest);
    const events = (await told(sourceId)).map(({ happening }) => happening);
    expect(events.slice(1)).toEqual([
      { type: 'source.updated', subject: source },
      { type: 'source.updated', subject: rest },
    ]);
  });

  it('is not itself, nor what is not there', async () => {
    const { id: sourceId } = await addText('Outlet');
    const add = async (originId: string) =>
      (await call('source-origin.add', owner, here(undefined, { sourceId, originId }))).status;
    expect(await add(sourceId)).toBe(400);
    expect(await add(newId())).toBe(404);
    const { id: gone } = await addText('Gone');
    await ask('source.delete', owner, here(undefined, { sourceId: gone }));
    expect(await add(gone)).toBe(404);
  });

  const addText = (title: string) =>
    ask<{ id: string }>('source.create', owner, here({ title, text: `${title} says something.` }));
});

describe('Two who follow a project', () => {
  let doors: [Door, Door];
  const knocks: Knock[] = [];
  beforeAll(async () => {
    doors = [await openDoor(database), await openDoor(database)];
  });
  afterAll(async () => {
    for (const knock of knocks) knock.leave();
    for (const door of doors) await door.stop();
  });

  it('hear of a claim and all that is done to it, in order, on every process', async () => {
    const following = [owner, annotator].map((person, at) => {
      const path = `/live/${place.projectId}?after=0`;
      const knock = knockAt(doors[at as 0 | 1], path, { cookie: person.cookie });
      knocks.push(knock);
      return knock;
    });
    for (const one of following) await until(() => one.said('ready').length === 1);
    const claim = await state({ wording: 'A.' }, annotator);
    const brought = await bring(claim.id, { annotationId: (await place.mark(QUOTE)).id, stance: 'supports' });
    const signed = await sign(claim.id, editor);
    const deleted = await ask<Claim>('claim.delete', owner, here(undefined, { claimId: claim.id }));
    for (const one of following) {
      const heard = () =>
        one
          .said<{ event: Event }>('event')
          .map(({ event }) => event.happening)
          .filter(({ type }) => type.startsWith('claim.'));
      await until(() => heard().length === 4);
      expect(heard()).toEqual([
        { type: 'claim.created', subject: claim },
        { type: 'claim.updated', subject: { ...brought, did: 'evidence' } },
        { type: 'claim.updated', subject: { ...signed, did: 'signed-off' } },
        { type: 'claim.deleted', subject: deleted },
      ]);
    }
  });
});

describe('The contract', () => {
  it('says in OpenAPI what a claim holds', () => {
    const { paths } = openApi() as { paths: Record<string, Record<string, { responses: object }>> };
    const answer = JSON.stringify(paths['/api/projects/{projectId}/claims/{claimId}']?.get?.responses);
    for (const word of ['signedOff', 'reopened', 'passages', 'sourceTitle', 'credibility'])
      expect(answer).toContain(`"${word}"`);
  });
});
