import '@/tests/support/test-environment';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { lastEventId } from '@/db/events';
import { insertMember } from '@/db/members';
import { appendUpdates } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import type { Event } from '@/lib/events/event';
import { EXPORT_FORMATS, FORMATS } from '@/lib/exchange/formats';
import { documentOf } from '@/lib/exchange/note-document';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { newId } from '@/lib/new-id';
import { chipIds, noteText } from '@/lib/notes/note-content';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import type { Pass } from '@/lib/passes/pass';
import type { Thread } from '@/lib/threads/thread';
import { settleNote } from '@/server/notes';
import type { TestDatabase } from '@/tests/support/database';
import { lettersOf } from '@/tests/support/exchange-records';
import {
  addPerson,
  ask,
  type Call,
  call,
  grantOf,
  openInstance,
  type Person,
} from '@/tests/support/instance';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';
import { CASES } from './cases';
import { makeWorld, type World } from './world';

/** Words that stand nowhere but in what a blind pass hides. */
const SAID = 'zeltcanary';
const COMMENTED = 'zeltcomment';
const ASKED = 'zeltquestion';
const EXPORTS = Object.keys(FORMATS);
const PASSAGE = 'The watchdog will publish in May.';

let database: TestDatabase;
let world: World;
let door: Door;
/** A coder of the pass whose marks are hidden, and another coder. */
let coder: Person;
let rival: Person;
let pass: Pass;
let mark: Annotation;
let thread: Thread;
let followUp: FollowUp;
let codeId: string;
const sockets = new Map<string, Knock>();

const inside = (given: Call = {}): Call => ({
  ...given,
  params: { projectId: world.places.own.projectId, ...given.params },
});
const lead = () => world.people.owner;
const others = () => ({ rival, editor: world.people.editor, reader: world.people.reader });
const canaries = () => [
  SAID,
  COMMENTED,
  ASKED,
  mark.id,
  thread.id,
  followUp.id,
  thread.comments[0]?.id ?? '',
];
const toldBy = (text: string) => canaries().filter((canary) => text.includes(canary));

beforeAll(async () => {
  database = await openInstance();
  world = await makeWorld(database);
  door = await openDoor(database);
  coder = await addPerson(database, 'Coder');
  rival = await addPerson(database, 'Rival');
  const { projectId, sourceId } = world.places.own;
  for (const one of [coder, rival]) await insertMember(database.db, { projectId }, one.userId, 'annotator');
  for (const [name, one] of Object.entries({ ...others(), lead: lead(), coder }))
    sockets.set(name, knockAt(door, `/live/${projectId}`, { cookie: one.cookie }));
  await Promise.all([...sockets.values()].map((one) => until(() => one.said('ready').length === 1)));

  codeId = (await ask<{ id: string }>('code.create', lead(), inside({ body: { name: 'Announcement' } }))).id;
  pass = await ask<Pass>(
    'pass.create',
    lead(),
    inside({
      body: {
        name: 'Round 1',
        kind: 'blind',
        sourceIds: [sourceId],
        coders: [coder, rival, world.people.editor].map(({ userId }) => ({ userId })),
      },
    }),
  );
  mark = await ask<Annotation>(
    'annotation.create',
    coder,
    inside({
      body: {
        sourceId,
        motivation: 'classifying',
        selector: [{ type: 'TextQuoteSelector', exact: PASSAGE }],
        body: { type: 'TextualBody', value: SAID },
        codeIds: [codeId],
        passId: pass.id,
      },
    }),
  );
  // The one who is named may not see it, so that nobody is told.
  const text = `${COMMENTED} @[${rival.userId}] @[${lead().userId}]`;
  thread = await ask<Thread>('thread.create', coder, inside({ body: { annotationId: mark.id, text } }));
  followUp = await ask<FollowUp>(
    'follow-up.create',
    coder,
    inside({ body: { wording: ASKED, owner: rival.userId, raisedBy: { type: 'annotation', id: mark.id } } }),
  );
  await ask(
    'annotation.update',
    coder,
    inside({ params: { annotationId: mark.id }, body: { codeIds: [codeId] } }),
  );
});
afterAll(async () => {
  for (const one of sockets.values()) one.leave();
  await door.stop();
  await database.end();
});

/** Calls that name what is hidden, or would count it, beside those of the cases. */
function pointed(): [OperationId, Call][] {
  const annotationId = mark.id;
  const threadId = thread.id;
  const followUpId = followUp.id;
  const { sourceId } = world.places.own;
  return [
    ['annotation.get', { params: { annotationId } }],
    ['annotation.list', { query: { pass: pass.id } }],
    ['annotation.list', { query: { code: codeId } }],
    ['annotation.list', { query: { creator: coder.userId } }],
    ['annotation.list', { query: { q: SAID } }],
    ['annotation.list', { query: { source: sourceId } }],
    ['web-annotation.get', { params: { annotationId } }],
    ['web-annotation.container', {}],
    ['web-annotation.container', { query: { iris: 1 } }],
    ['web-annotation.container', { query: { page: 0 } }],
    ['web-annotation.delete', { params: { annotationId } }],
    ['annotation.update', { params: { annotationId }, body: { body: null } }],
    ['annotation.delete', { params: { annotationId } }],
    ['thread.list', { query: { annotation: annotationId } }],
    ['thread.list', { query: { source: sourceId } }],
    ['thread.get', { params: { threadId } }],
    ['thread.create', { body: { annotationId, text: 'What is here?' } }],
    ['comment.create', { params: { threadId }, body: { text: 'What is here?' } }],
    ['follow-up.get', { params: { followUpId } }],
    ['follow-up.list', { query: { raisedBy: annotationId } }],
    ['follow-up.list', { query: { source: sourceId } }],
    ['follow-up.create', { body: { wording: 'What?', raisedBy: { type: 'annotation', id: annotationId } } }],
    ['claim.create', { body: { wording: 'What?', evidence: [{ annotationId, stance: 'supports' }] } }],
    ['code.passages', { params: { codeId } }],
    ['search', { query: { q: SAID } }],
    ['search', { query: { q: COMMENTED } }],
    ['search', { query: { q: ASKED } }],
    ['search', { query: { q: 'zeltcanari' } }],
    ['search', { query: { q: 'code:Announcement' } }],
    ['search', { query: { q: 'by:Coder' } }],
    ['activity.list', { query: { person: coder.userId } }],
    ['activity.list', {}],
    ['event.list', { query: { limit: 500 } }],
    ['target.list', { params: { sourceId } }],
    ['notice.list', {}],
  ];
}

const reading = () => pointed().filter(([operation]) => OPERATIONS[operation].method === 'GET');

async function answers(who: Person, given: readonly [OperationId, Call][]): Promise<Map<string, string[]>> {
  const telling = new Map<string, string[]>();
  for (const [operation, one] of given) {
    const response = await call(operation, who, inside(one));
    const told = toldBy(await response.text());
    // What was asked for in words may be said back by a refusal, or in the query of the answer.
    const asked = JSON.stringify(one);
    const news = told.filter((canary) => !asked.includes(canary) || response.status < 300);
    if (news.filter((canary) => !JSON.stringify(one.query ?? {}).includes(canary)).length > 0)
      telling.set(operation, news);
  }
  return telling;
}

describe('What a blind pass hides', () => {
  it('is told to whoever leads it by all doors that tell of marks: the canaries can be found', async () => {
    const telling = await answers(lead(), reading());
    for (const operation of [
      'annotation.get',
      'annotation.list',
      'web-annotation.get',
      'web-annotation.container',
      'thread.list',
      'follow-up.list',
      'search',
      'event.list',
      'activity.list',
      'code.passages',
      'notice.list',
    ])
      expect([...telling.keys()], operation).toContain(operation);
    await until(() => toldBy(sockets.get('lead')?.heard.join() ?? '').length === canaries().length);
    await until(() => toldBy(sockets.get('coder')?.heard.join() ?? '').length === canaries().length);
  });

  it('is in no file that others take out, in whatever format', async () => {
    const take = async (who: Person, format: string) => {
      const response = await call('export.download', who, inside({ params: { format } }));
      return toldBy(lettersOf(new Uint8Array(await response.arrayBuffer())));
    };
    // The canaries can be found in files, where a format has marks or what was said of them.
    for (const format of ['gloss', 'qdpx', 'docx-sources'])
      expect(await take(lead(), format), format).toContain(SAID);
    // What a format is told does not depend on it: each asks one of them, in turn.
    for (const [nth, format] of EXPORT_FORMATS.entries()) {
      const [name, who] = Object.entries(others())[nth % 3] as [string, Person];
      expect(await take(who, format), `${format} for the ${name}`).toEqual([]);
    }
  });

  it.each(['rival', 'editor', 'reader'] as const)('is told by no call to the %s', async (name) => {
    expect(await answers(others()[name], pointed())).toEqual(new Map());
  });

  it.each(['rival', 'editor', 'reader'] as const)(
    'is told to the %s by no operation of the contract, however it is called',
    { timeout: 120_000 },
    async (name) => {
      const who = others()[name];
      const given: [OperationId, Call][] = [];
      for (const one of CASES.filter(
        ({ apart, operation }) => !apart && OPERATIONS[operation].access !== 'public',
      )) {
        // What ends who asks is not asked.
        if (one.operation.startsWith('session.') || one.operation.startsWith('me.')) continue;
        // How somebody signs in is of their account alone, and slow to hash.
        if (/^(authenticator|passkey|proof|recovery-codes)\./.test(one.operation)) continue;
        // A table would be frozen first, which a blind pass refuses.
        if (one.operation === 'frozen-analysis.get') continue;
        given.push([one.operation, await one.given(world, world.places.own, who)]);
      }
      expect(given.length).toBeGreaterThan(80);
      expect(await answers(who, given)).toEqual(new Map());
    },
  );

  it('shows nothing through a chip that somebody set on its id, in whatever the note is read or written out', {
    timeout: 90_000,
  }, async () => {
    const guesser = world.people.editor;
    const after = await lastEventId(database.db, world.places.own);
    const note = await ask<{ id: string }>('note.create', guesser, inside({ body: { title: 'Guessed' } }));
    const chip = { type: 'quoteChip', attrs: { annotationId: mark.id } };
    const doc = documentOf([{ type: 'paragraph', content: [{ type: 'text', text: 'Here: ' }, chip] }]);
    if (doc === null) throw new Error('No note may hold this');
    const key = noteKeyOf(grantOf(guesser, world.places.own.projectId), note.id);
    const update = Y.encodeStateAsUpdate(doc);
    await appendUpdates(database.db, [{ key, entries: [{ update, userId: guesser.userId }] }], 'test');
    const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
    await settleNote(key, { text: noteText(fragment), annotationIds: chipIds(fragment) });
    const of = inside({ params: { noteId: note.id } });
    const doors: [OperationId, Call][] = [
      ['note.get', of],
      ['note.list', {}],
      ['note-version.list', of],
      ['search', { query: { q: 'Here' } }],
      ['event.list', { query: { limit: 500, after } }],
      ['annotation.get', { params: { annotationId: mark.id } }],
      ['quote.export', {}],
    ];
    const exportsOf = (formats: readonly string[]) =>
      formats.map((format): [OperationId, Call] => ['export.download', { params: { format } }]);
    const said = async (who: Person, formats: readonly string[]) => {
      const heard: string[] = [];
      for (const [operation, given] of [...doors, ...exportsOf(formats)]) {
        const answer = await call(operation, who, inside(given));
        if (operation !== 'annotation.get') expect(answer.status, operation).toBe(200);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        const files = bytes[0] === 0x50 && bytes[1] === 0x4b ? Object.values(unzipSync(bytes)) : [bytes];
        heard.push(...files.map((file) => new TextDecoder().decode(file)));
      }
      return heard.join('\n');
    };
    // Its id is what the writer put there; what it names is said to nobody who may not see it.
    // What a format is told does not depend on it: of the others each asks for a third of them.
    for (const [nth, who] of Object.values(others()).entries()) {
      const formats = EXPORTS.filter((_, at) => at % 3 === nth);
      expect(toldBy(await said(who, formats)).filter((canary) => canary !== mark.id)).toEqual([]);
    }
    expect(toldBy(await said(lead(), ['gloss']))).toContain(SAID);
    const edits = await ask<{ items: Event[] }>(
      'event.list',
      guesser,
      inside({ query: { limit: 500, after } }),
    );
    const edited = edits.items.filter(({ happening }) => happening.type === 'note.edited');
    expect(edited).toMatchObject([{ happening: { subject: { id: note.id, annotationIds: [] } } }]);
  });

  it('counts nowhere for others, and for whoever made it', async () => {
    type Count = { codeId: string; count: number };
    const countOf = async (who: Person) =>
      (await ask<{ items: Count[] }>('code.counts', who, inside())).items.filter(
        (one) => one.codeId === codeId,
      ).length;
    const marksOf = async (who: Person) =>
      (await ask<{ counts: { annotations: number } }>('project.get', who, inside())).counts.annotations;
    expect(await countOf(coder)).toBe(1);
    expect(await countOf(lead())).toBe(1);
    for (const who of Object.values(others())) {
      expect(await countOf(who)).toBe(0);
      expect(await marksOf(who)).toBe((await marksOf(coder)) - 1);
    }
  });

  it('says to others who codes, and not how far they are', async () => {
    const read = (who: Person) => ask<Pass>('pass.get', who, inside({ params: { passId: pass.id } }));
    const mine = (await read(rival)).coders.find(({ userId }) => userId === rival.userId)?.id;
    expect((await read(rival)).assignments.map(({ coderId }) => coderId)).toEqual([mine]);
    expect((await read(world.people.reader)).assignments).toEqual([]);
    const states = (await read(lead())).assignments.map(({ state }) => state).sort();
    expect(states).toEqual(['not-started', 'not-started', 'working']);
    const told = await ask<{ items: { happening: { type: string; subject: { id: string } } }[] }>(
      'event.list',
      rival,
      inside({ query: { limit: 500 } }),
    );
    const ofPass = told.items.filter(({ happening }) => happening.subject.id === pass.id);
    expect(ofPass.map(({ happening }) => happening.type)).toEqual(['pass.created']);
  });

  it('is no ground for a claim, nor for the speaker of a quote', async () => {
    const evidence = [{ annotationId: mark.id, stance: 'supports' }];
    const claim = await call(
      'claim.create',
      coder,
      inside({ body: { wording: 'It will publish.', evidence } }),
    );
    expect(claim.status).toBe(409);
    const { sourceId } = world.places.own;
    const quote = {
      ...(await ask<Annotation>('annotation.get', coder, inside({ params: { annotationId: mark.id } }))),
    };
    const body = {
      sourceId,
      motivation: 'quoting',
      selector: quote.selector,
      quote: { speaker: 'A new name' },
      passId: pass.id,
    };
    expect((await call('annotation.create', coder, inside({ body }))).status).toBe(409);
  });

  it('was told on no socket', async () => {
    const { projectId } = world.places.own;
    // Whoever comes later reads the log from its beginning.
    for (const [name, who] of Object.entries(others()))
      sockets.set(`late ${name}`, knockAt(door, `/live/${projectId}?after=0`, { cookie: who.cookie }));
    // News that everybody hears: what came before it was judged.
    const { id } = await ask<{ id: string }>(
      'code.create',
      lead(),
      inside({ body: { name: `After ${newId()}` } }),
    );
    for (const [name, one] of sockets) {
      await until(() => one.heard.join().includes(id));
      if (name !== 'lead' && name !== 'coder') expect(toldBy(one.heard.join()), name).toEqual([]);
    }
  });

  it('is everybody’s after the reveal, on open pages, in lists, in the log and in the search', async () => {
    const { editor } = world.people;
    expect((await call('pass.reveal', editor, inside({ params: { passId: pass.id } }))).status).toBe(403);
    await ask('pass.reveal', lead(), inside({ params: { passId: pass.id } }));
    for (const one of sockets.values())
      await until(() => one.said('event').some((message) => JSON.stringify(message).includes('pass.shown')));
    for (const [name, one] of sockets) expect(toldBy(one.heard.join()).length, name).toBe(canaries().length);
    for (const who of Object.values(others())) {
      const telling = await answers(who, reading());
      for (const operation of [
        'annotation.get',
        'annotation.list',
        'thread.list',
        'search',
        'event.list',
        'activity.list',
      ])
        expect([...telling.keys()], operation).toContain(operation);
    }
  });
});
