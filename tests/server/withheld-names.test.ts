import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Annotation } from '@/lib/annotations/annotation';
import type { ImportReport } from '@/lib/exchange/import-report';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import {
  addPerson,
  addProject,
  ask,
  call,
  handlerOf,
  headersOf,
  ORIGIN,
  type Person,
} from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk } from '@/tests/support/versioned-source';

const NAME = 'Vera Clerk';
const ALIAS = 'The Falcon';

let place: Awaited<ReturnType<typeof desk>>;
/** Kept from the source in which Vera Clerk is quoted, and nowhere else. */
let editor: Person;
let secret: Source;
let vera: Speaker;

const here = (body?: object, params: Record<string, string> = {}) => place.inside({ body, params });
const make = (body: object, by = editor) => call('speaker.create', by, here(body));
const change = (id: string, body: object, by = editor) =>
  call('speaker.update', by, here(body, { speakerId: id }));
const named = async (name: string, by = editor) =>
  (await ask<{ items: Speaker[] }>('speaker.list', by, here())).items.filter((one) => one.name === name);
const quote = async (speaker: string, by: Person, sourceId = place.source.id) => {
  const exact = sourceId === secret.id ? 'burnt it' : 'We found no records';
  const given = { sourceId, motivation: 'quoting', quote: { speaker } };
  return (await place.mark(exact, given, by)) as Annotation;
};
const open = () => ask('source-protection.end', owner, here(undefined, { sourceId: secret.id }));

beforeEach(async () => {
  place = await desk();
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, place, editor.userId, 'editor');
  const text = 'The clerk said that they burnt it at night.';
  secret = await ask<Source>('source.create', owner, here({ title: 'Leak', text }));
  const { quote: said } = await quote(NAME, annotator, secret.id);
  const params = { speakerId: said?.speakerId ?? '' };
  vera = await ask<Speaker>('speaker.update', annotator, here({ aliases: [ALIAS] }, params));
  const embargoUntil = new Date(Date.now() + 86_400_000).toISOString();
  await ask(
    'source-protection.set',
    owner,
    here({ embargoUntil, visibleTo: [annotator.userId] }, { sourceId: secret.id }),
  );
});

describe('A name that an embargo withholds', () => {
  it.each([NAME, ALIAS])('is to who is kept out free as any other: %s', async (name) => {
    const answer = await make({ name });
    expect(answer.status).toBe(201);
    const theirs = (await answer.json()) as Speaker;
    expect(await named(name)).toMatchObject([{ id: theirs.id }]);
    expect((await quote(name, editor)).quote?.speakerId).toBe(theirs.id);
    expect((await call('speaker.get', editor, here(undefined, { speakerId: vera.id }))).status).toBe(404);
    // A second time it is taken, as any name is.
    expect((await make({ name })).status).toBe(409);
  });

  it('can be what somebody is renamed to, or called too, and learnt from a source', async () => {
    const made = (await (await make({ name: 'Somebody' })).json()) as Speaker;
    expect((await change(made.id, { aliases: [ALIAS] })).status).toBe(200);
    expect((await change(made.id, { name: NAME })).status).toBe(200);
    expect(await named(NAME)).toMatchObject([{ id: made.id, aliases: expect.arrayContaining([ALIAS]) }]);
    const quoted = { speaker: 'Rolf Berg', written: NAME };
    await place.mark('The ministry denied', { motivation: 'quoting', quote: quoted }, editor);
    expect(await named('Rolf Berg')).toMatchObject([{ aliases: [] }]);
    await change(made.id, { name: 'Somebody', aliases: [] });
    await place.mark('A spokesman', { motivation: 'quoting', quote: quoted }, editor);
    expect(await named('Rolf Berg')).toMatchObject([{ aliases: [NAME] }]);
  });

  it('is taken to who sees it, and still means to them whom it meant', async () => {
    await make({ name: NAME });
    expect((await make({ name: NAME }, annotator)).status).toBe(409);
    expect((await quote(NAME, annotator, secret.id)).quote?.speakerId).toBe(vera.id);
  });

  it('stands twice once the embargo is over: each can be changed, and both be made one', async () => {
    const second = (await (await make({ name: NAME })).json()) as Speaker;
    await quote(NAME, editor);
    await open();
    expect((await named(NAME)).map(({ id }) => id).toSorted()).toEqual([vera.id, second.id].toSorted());
    expect((await change(second.id, { role: 'Clerk' })).status).toBe(200);
    const merged = await ask<Speaker>(
      'speaker.merge',
      editor,
      here({ into: vera.id }, { speakerId: second.id }),
    );
    expect(merged.merged).toEqual([{ id: second.id, name: NAME }]);
    expect(await named(NAME)).toMatchObject([{ id: vera.id, quotes: 2 }]);
    expect((await quote(NAME, editor)).quote?.speakerId).toBe(vera.id);
  });

  it('comes in with a file as one that nobody has', async () => {
    const elsewhere = await addProject(database, editor);
    const inside = { params: { projectId: elsewhere, format: 'gloss' } };
    const text = 'Nobody knew, a clerk said.';
    const source = await ask<Source>('source.create', editor, { ...inside, body: { title: 'Report', text } });
    const body = {
      sourceId: source.id,
      motivation: 'quoting',
      selector: [{ type: 'TextQuoteSelector', exact: 'Nobody knew' }],
      quote: { speaker: NAME, written: ALIAS },
    };
    await ask('annotation.create', editor, { ...inside, body });
    const file = await (await call('export.download', editor, inside)).arrayBuffer();
    const form = new FormData();
    form.set('file', new File([new Uint8Array(file)], 'story.jsonl'));
    const url = `${ORIGIN}/api/projects/${place.projectId}/imports`;
    const request = new Request(url, { method: 'POST', body: form, headers: headersOf(editor) });
    const answer = await (await handlerOf('import.create'))(request, {
      params: Promise.resolve({ projectId: place.projectId }),
    });
    const report = (await answer.json()) as ImportReport;
    expect(report.items.find(({ what }) => what === 'Speakers')).toMatchObject({ added: 1, there: 0 });
    expect(report.losses).toEqual([]);
    expect(await named(NAME)).toMatchObject([{ aliases: [ALIAS], quotes: 1 }]);
  });
});
