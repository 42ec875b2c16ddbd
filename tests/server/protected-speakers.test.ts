import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { newId } from '@/lib/new-id';
import type { Identity, Speaker, SpeakerAnswer } from '@/lib/speakers/speaker';
import { createNote, settleNote } from '@/server/notes';
import { loadProject, loadSource } from '@/server/snapshot';
import { addPerson, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';
import { type Door, knockAt, openDoor, until } from '@/tests/support/socket';

/** Stands in no text; wherever it is read by somebody who may not know, it was told. */
const CANARY = 'Xanadu';
const NAME = `${CANARY} Quill`;
const PSEUDONYM = 'A clerk of the ministry';

let door: Door;
let [editor, reader] = [] as unknown as [Person, Person];
let speaker: Speaker;
const made: Record<string, string> = {};
let annotationIds: string[] = [];

const here = (given: object = {}, params: Record<string, string> = {}) => ({
  ...given,
  params: { projectId, ...params },
});
const quote = async (exact: string, quoted: object, by = annotator) => {
  const selector = [{ type: 'TextQuoteSelector', exact }];
  const body = { sourceId, motivation: 'quoting', selector, quote: quoted };
  return ask<Annotation>('annotation.create', by, here({ body }));
};
const ofSpeaker = (given: object = {}) => here(given, { speakerId: speaker.id });

/** Everything that was written about somebody before they were protected, in every place a name can get to. */
async function writeDown(): Promise<void> {
  const [first, second, third] = [
    await quote('We found no records', { speaker: NAME, written: 'Quill' }),
    await quote('The ministry denied it', { speaker: 'X. Quill-Xanadu' }),
    await quote('a draft report', { speaker: 'Somebody Else' }),
  ];
  annotationIds = [first.id, second.id, third.id];
  const speakerId = first.quote?.speakerId ?? '';
  const chain = [{ role: 'speaker', speakerId }];
  const body = { quote: { ...third.quote, chain } };
  await ask('annotation.update', annotator, here({ body }, { annotationId: third.id }));
  const known = { role: `${CANARY} secretary`, affiliation: `Office of ${CANARY}`, kind: 'Person' };
  await ask('speaker.update', annotator, here({ body: known }, { speakerId }));
  const merged = { body: { into: speakerId } };
  speaker = await ask<Speaker>(
    'speaker.merge',
    owner,
    here(merged, { speakerId: second.quote?.speakerId ?? '' }),
  );
  await ask('annotation.delete', annotator, here({}, { annotationId: second.id }));
  await ask('annotation.restore', annotator, here({}, { annotationId: second.id }));
  const evidence = annotationIds.map((annotationId) => ({ annotationId, stance: 'supports' }));
  const claim = await ask('claim.create', annotator, here({ body: { wording: 'It is so.', evidence } }));
  const thread = { annotationId: first.id, text: 'Who is this?' };
  const started = await ask('thread.create', annotator, here({ body: thread }));
  const [from, into] = await Promise.all(
    ['Denial', 'Refusal'].map((name) => ask<{ id: string }>('code.create', owner, here({ body: { name } }))),
  );
  await ask(
    'annotation.update',
    annotator,
    here({ body: { codeIds: [from?.id] } }, { annotationId: first.id }),
  );
  await ask('code.merge', owner, here({ body: { into: into?.id } }, { codeId: from?.id ?? '' }));
  const note = await createNote(grantOf(owner, projectId), { title: 'A note' });
  await settleNote(noteKeyOf({ projectId }, note.id), {
    text: 'A note with a chip.',
    annotationIds,
    userIds: [reader.userId],
  });
  const frozen = { params: { projectId, noteId: note.id }, body: { q: CANARY } };
  const kept = await ask<{ id: string; items: unknown[] }>('frozen-query.create', owner, frozen);
  expect(kept.items).not.toEqual([]);
  Object.assign(made, {
    frozenId: kept.id,
    claimId: claim.id,
    threadId: started.id,
    noteId: note.id,
    sourceId,
  });
  Object.assign(made, { annotationId: first.id, speakerId: speaker.id, version: '1' });
}

beforeAll(async () => {
  door = await openDoor(database);
  [editor, reader] = [await addPerson(database, 'Editor'), await addPerson(database, 'Reader')];
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
  await insertMember(database.db, { projectId }, reader.userId, 'reader');
  await writeDown();
  const before = await ask<{ items: unknown[] }>('event.list', reader, here({ query: { limit: 500 } }));
  expect(JSON.stringify(before)).toContain(CANARY);
  speaker = await ask<Speaker>('speaker.protect', owner, ofSpeaker({ body: { pseudonym: PSEUDONYM } }));
});
afterAll(() => door.stop());

/** All answers of the project that a person can ask for, by the operation. */
async function everyAnswer(person: Person): Promise<Map<OperationId, string>> {
  const answers = new Map<OperationId, string>();
  const queries: Partial<Record<OperationId, Record<string, string | number>[]>> = {
    search: [{ q: CANARY }, { q: 'quill' }, { q: `speaker:${CANARY}` }, { q: 'clerk' }, { q: 'kind:quote' }],
    'annotation.list': [{}, { q: CANARY }],
    'quote.list': [{}, { q: CANARY }, { sort: 'speaker' }],
    'event.list': [{ limit: 500 }],
  };
  for (const operation of Object.values(OPERATIONS)) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const isKnown = names.every((name) => name === 'projectId' || name in made);
    if (operation.method !== 'GET' || !isKnown || operation.access === 'public') continue;
    const id = operation.id as OperationId;
    for (const query of queries[id] ?? [{}]) {
      const response = await call(id, person, { params: { projectId, ...made }, query });
      answers.set(id, `${answers.get(id) ?? ''}${await response.text()}`);
    }
  }
  return answers;
}

describe('The name of a protected speaker', () => {
  it('is in no answer to a member who may not know, of whatever is asked', async () => {
    for (const person of [editor, reader]) {
      const answers = await everyAnswer(person);
      const wanted = [
        'annotation.get',
        'claim.get',
        'event.list',
        'note.get',
        'quote.export',
        'search',
      ] as const;
      for (const id of wanted) expect(answers.has(id), id).toBe(true);
      const leaking = [...answers].filter(([, text]) => new RegExp(CANARY, 'i').test(text)).map(([id]) => id);
      // A search says back what was asked for.
      expect(leaking.filter((id) => id !== 'search')).toEqual([]);
      const found = await ask<{ items: unknown[] }>('search', person, here({ query: { q: CANARY } }));
      expect(found.items).toEqual([]);
      for (const id of [
        'annotation.get',
        'annotation.list',
        'quote.list',
        'claim.get',
        'speaker.list',
      ] as const)
        expect(answers.get(id), id).toContain(PSEUDONYM);
    }
  });

  it('is in no page as it opens, and in nothing that comes over the live socket, old or new', async () => {
    const grant = grantOf(reader, projectId, 'reader');
    const pages = JSON.stringify([await loadProject(grant), await loadSource(grant, sourceId)]);
    expect(pages).toContain(PSEUDONYM);
    expect(pages).not.toContain(CANARY);
    const line = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => line.said('ready').length === 1);
    await ask('speaker.update', owner, ofSpeaker({ body: { role: `${CANARY} deputy` } }));
    const body = { quote: { speakerId: speaker.id, speaker: PSEUDONYM, hedges: ['reportedly'] } };
    await ask('annotation.update', annotator, here({ body }, { annotationId: annotationIds[0] ?? '' }));
    await until(() => line.heard.some((message) => String(message).includes('reportedly')));
    const heard = line.heard.map(String).join('\n');
    expect(heard).toContain('speaker.merged');
    expect(heard).not.toContain(CANARY);
    line.leave();
  });

  it('is shown to those who are named, and to nobody else: whoever protects, who made it, the owners', async () => {
    const identity = await ask<Identity>('speaker.identity', annotator, ofSpeaker());
    expect(identity).toMatchObject({ name: NAME, role: `${CANARY} deputy` });
    expect(identity.aliases).toEqual(['Quill', 'X. Quill-Xanadu']);
    expect(identity.visibleTo.map(({ id }) => id).sort()).toEqual([annotator.userId, owner.userId].sort());
    for (const person of [editor, reader])
      expect((await call('speaker.identity', person, ofSpeaker())).status).toBe(404);
    expect((await ask<SpeakerAnswer>('speaker.get', owner, ofSpeaker())).mayIdentify).toBe(true);
    expect((await ask<SpeakerAnswer>('speaker.get', editor, ofSpeaker())).mayIdentify).toBe(false);
  });

  it('stays out of an export of somebody who knows it', async () => {
    const table = await (await call('quote.export', owner, here())).text();
    expect(table).toContain(PSEUDONYM);
    expect(table).not.toContain(CANARY);
  });

  it('can’t be found out by trying: who does not know it and writes it makes somebody else', async () => {
    const tried = await quote('the auditor said', { speaker: NAME }, editor);
    expect(tried.quote).toMatchObject({ speaker: NAME });
    expect(tried.quote?.speakerId).not.toBe(speaker.id);
    const events = await ask('event.list', editor, here({ query: { limit: 500 } }));
    expect(JSON.stringify(events)).toContain(tried.quote?.speakerId);
    // Whoever knows means the one they know.
    const known = await quote('the auditor said', { speaker: 'x. quill-xanadu' }, annotator);
    expect(known.quote).toMatchObject({ speakerId: speaker.id, speaker: PSEUDONYM });
    await ask('annotation.delete', editor, here({}, { annotationId: tried.id }));
    await ask('speaker.delete', editor, here({}, { speakerId: tried.quote?.speakerId ?? '' }));
  });

  it.each<[OperationId, object]>([
    ['speaker.update', { body: { name: 'Another Name' } }],
    ['speaker.protect', { body: { pseudonym: 'Another', visibleTo: [] as string[] } }],
    ['speaker.unprotect', {}],
    ['speaker.delete', {}],
  ])('can’t be changed by an editor who does not know it: %s', async (id, given) => {
    const withSelf =
      id === 'speaker.protect' ? { body: { pseudonym: 'Another', visibleTo: [editor.userId] } } : given;
    const refused = await call(id, editor, ofSpeaker(withSelf));
    expect([403, 409]).toContain(refused.status);
    expect(await refused.text()).not.toContain(CANARY);
    expect((await call('speaker.identity', editor, ofSpeaker())).status).toBe(404);
  });

  it('does not come out by merging: the protected one stays, and only for who knows them', async () => {
    const other = await ask<Speaker>('speaker.create', owner, here({ body: { name: 'A second name' } }));
    const away = await call(
      'speaker.merge',
      owner,
      here({ body: { into: other.id } }, { speakerId: speaker.id }),
    );
    expect(away.status).toBe(409);
    const into = here({ body: { into: speaker.id } }, { speakerId: other.id });
    expect((await call('speaker.merge', editor, into)).status).toBe(403);
    const merged = await ask<Speaker>('speaker.merge', owner, into);
    expect(JSON.stringify(merged)).not.toContain('A second name');
    expect(JSON.stringify(await ask('event.list', reader, here({ query: { limit: 500 } })))).not.toContain(
      'A second name',
    );
    expect((await ask<Identity>('speaker.identity', owner, ofSpeaker())).aliases).toContain('A second name');
    await ask('speaker.restore', owner, here({}, { speakerId: other.id }));
    expect((await ask<Identity>('speaker.identity', owner, ofSpeaker())).aliases).not.toContain(
      'A second name',
    );
  });

  it('is told to members who are named later, and not to those who are not members', async () => {
    const stranger = { body: { pseudonym: PSEUDONYM, visibleTo: [newId()] } };
    expect((await call('speaker.protect', owner, ofSpeaker(stranger))).status).toBe(400);
    const body = { pseudonym: PSEUDONYM, visibleTo: [editor.userId] };
    await ask('speaker.protect', owner, ofSpeaker({ body }));
    expect((await ask<Identity>('speaker.identity', editor, ofSpeaker())).name).toBe(NAME);
    expect((await call('speaker.identity', annotator, ofSpeaker())).status).toBe(404);
  });

  it('is back everywhere once somebody who knows it ends the protection', async () => {
    await ask('speaker.unprotect', owner, ofSpeaker());
    const shown = await ask<Annotation>(
      'annotation.get',
      reader,
      here({}, { annotationId: made.annotationId ?? '' }),
    );
    expect(shown.quote?.speaker).toBe(NAME);
    const found = await ask<{ items: unknown[] }>(
      'search',
      reader,
      here({ query: { q: `speaker:${CANARY}` } }),
    );
    expect(found.items.length).toBeGreaterThan(0);
    expect((await call('speaker.identity', owner, ofSpeaker())).status).toBe(404);
  });
});
