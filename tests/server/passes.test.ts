import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Annotation } from '@/lib/annotations/annotation';
import type { OperationId } from '@/lib/api/operations';
import type { CodeCount } from '@/lib/codebook/passage';
import type { Contribution } from '@/lib/contributions/contribution';
import type { Event } from '@/lib/events/event';
import type { Pass } from '@/lib/passes/pass';
import { codingsOfPass } from '@/server/passes/read-passes';
import { createRevealSweep } from '@/server/passes/reveal';
import { loadProject, loadSource } from '@/server/snapshot';
import { addPerson, ask, type Call, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, type Page } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';
const OTHER = 'A spokesman for the harbour board declined to say';

let place: Awaited<ReturnType<typeof desk>>;
let second: Person;
beforeEach(async () => {
  place = await desk();
  second = await addPerson(database, 'Second');
  await insertMember(database.db, place, second.userId, 'annotator');
});

const here = (body?: object, params: Record<string, string> = {}): Call => place.inside({ params, body });
const start = (more: object = {}) =>
  ask<Pass>(
    'pass.create',
    owner,
    here({
      name: 'Round 1',
      kind: 'blind',
      sourceIds: [place.source.id],
      coders: [{ userId: annotator.userId }, { userId: second.userId }],
      ...more,
    }),
  );
const deed = (operation: OperationId, passId: string, body?: object, by = owner) =>
  ask<Pass>(operation, by, here(body, { passId }));
const tried = async (operation: OperationId, passId: string, body?: object, by = owner) =>
  (await call(operation, by, here(body, { passId }))).status;
const progress = (passId: string, state: string, by: Person) =>
  deed('pass.progress', passId, { sourceId: place.source.id, state }, by);
const marks = async (by: Person) =>
  (await ask<Page<Annotation>>('annotation.list', by, place.inside({ query: { limit: 100 } }))).items.map(
    ({ id }) => id,
  );
const read = (passId: string, by = owner) => ask<Pass>('pass.get', by, here(undefined, { passId }));
const typesFor = async (by: Person) =>
  (await ask<Page<Event>>('event.list', by, place.inside({ query: { limit: 500 } }))).items.map(
    ({ happening }) => happening.type,
  );

describe('A pass', () => {
  it('has its coders, sources and assignments in every reading, and gives each source to all coders unless dealt', async () => {
    const pass = await start();
    expect(pass).toMatchObject({
      name: 'Round 1',
      kind: 'blind',
      lead: { id: owner.userId },
      sourceIds: [place.source.id],
      codeIds: [],
      revealWhen: 'by-hand',
      revealed: null,
      revision: 1,
    });
    expect(pass.coders.map(({ userId, name }) => [userId, name])).toEqual([
      [annotator.userId, 'Annotator'],
      [second.userId, 'Second'],
    ]);
    expect(pass.assignments.map(({ state }) => state)).toEqual(['not-started', 'not-started']);
    expect(await read(pass.id)).toEqual(pass);
    expect((await ask<Page<Pass>>('pass.list', owner, here())).items).toEqual([pass]);
    expect((await loadProject(grantOf(owner, place.projectId))).passes).toEqual([pass]);
    expect(await deed('pass.create', '', { ...pass, name: 'Again' })).toEqual(pass);
  });

  it('is dealt out and assigned by hand, and what has been begun keeps its time', async () => {
    const pass = await start({ perSource: 1 });
    expect(pass.assignments).toHaveLength(1);
    const [held] = pass.assignments;
    const dealt = await deed('pass.deal', pass.id, { perSource: 2 });
    expect(dealt.assignments).toHaveLength(2);
    expect(dealt.revision).toBe(2);
    const changes = [{ coderId: held?.coderId, sourceId: place.source.id, assigned: false }];
    expect((await deed('pass.assign', pass.id, { changes })).assignments).toHaveLength(1);
  });

  it('given back to whoever had coded it is being worked on, and not started where nothing is left', async () => {
    const pass = await start();
    const coderId = pass.coders.find(({ userId }) => userId === annotator.userId)?.id;
    const assign = (assigned: boolean) =>
      deed('pass.assign', pass.id, { changes: [{ coderId, sourceId: place.source.id, assigned }] });
    const again = async () => {
      await assign(false);
      return (await assign(true)).assignments.find((one) => one.coderId === coderId);
    };
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    expect(await again()).toMatchObject({ state: 'working', started: mark.created, done: null });
    await ask('annotation.delete', annotator, here(undefined, { annotationId: mark.id }));
    expect(await again()).toMatchObject({ state: 'not-started', started: null });
  });

  it('takes marks only of its coders, on its sources, as long as they are not done', async () => {
    const pass = await start();
    const more = { passId: pass.id };
    expect((await place.mark(QUOTE, more, annotator)).passId).toBe(pass.id);
    const [working] = (await read(pass.id)).assignments.filter(({ state }) => state === 'working');
    expect(working?.started).not.toBe(null);
    await expect(place.mark(QUOTE, more, owner)).rejects.toThrow(/no coder/);
    await progress(pass.id, 'done', annotator);
    await expect(place.mark(OTHER, more, annotator)).rejects.toThrow(/done with this source/);
    await progress(pass.id, 'working', annotator);
    await place.mark(OTHER, more, annotator);
    const lost = { coders: [{ userId: second.userId }] };
    expect(await tried('pass.update', pass.id, lost)).toBe(409);
  });

  it('is made, changed and unblinded by nobody but who leads it or owns the project', async () => {
    const pass = await start();
    const editor = await addPerson(database, 'Editor');
    await insertMember(database.db, place, editor.userId, 'editor');
    expect(await tried('pass.update', pass.id, { revealWhen: 'when-done' }, editor)).toBe(403);
    expect(await tried('pass.update', pass.id, { lead: editor.userId }, editor)).toBe(403);
    expect(await tried('pass.reveal', pass.id, undefined, editor)).toBe(403);
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    expect(await marks(editor)).not.toContain(mark.id);
    await deed('pass.update', pass.id, { lead: editor.userId });
    expect(await marks(editor)).toContain(mark.id);
    expect(await marks(owner)).not.toContain(mark.id);
    await deed('pass.delete', pass.id, undefined, editor);
    expect(await marks(owner)).not.toContain(mark.id);
  });
});

describe('What is chosen for a pass', () => {
  const add = (title: string) =>
    ask<{ id: string }>('source.create', owner, here({ title, text: 'The clerk said nothing at all.' }));
  const refusal = async (passId: string, body: object, by = owner) => {
    const answer = await call('pass.update', by, here(body, { passId }));
    const { error } = (await answer.json()) as { error?: { message: string } };
    return [answer.status, error?.message];
  };

  it('changes at any time, but for a source that somebody has coded in it', async () => {
    const [second, third] = [await add('Letter'), await add('Memo')];
    const pass = await start({ kind: 'open' });
    const sourceIds = [place.source.id, third.id, second.id];
    const more = await deed('pass.update', pass.id, { sourceIds, name: 'Round 2' });
    expect([more.sourceIds, more.name]).toEqual([sourceIds, 'Round 2']);
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    await ask('annotation.delete', annotator, here(undefined, { annotationId: mark.id }));
    expect(await refusal(pass.id, { sourceIds: [second.id] })).toEqual([
      409,
      '“Report” has marks that were made in this pass and stays in it.',
    ]);
    expect((await read(pass.id)).sourceIds).toEqual(sourceIds);
    const less = await deed('pass.update', pass.id, { sourceIds: [place.source.id] });
    expect(less.sourceIds).toEqual([place.source.id]);
  });

  it('is taken out of a blind one by nobody but its lead, coded or not, as a refusal would tell', async () => {
    const letter = await add('Letter');
    const sourceIds = [place.source.id, letter.id];
    const pass = await start({ sourceIds });
    const editor = await addPerson(database, 'Editor');
    await insertMember(database.db, place, editor.userId, 'editor');
    await deed('pass.update', pass.id, { lead: editor.userId });
    await place.mark(QUOTE, { passId: pass.id }, annotator);
    const answers = await Promise.all(sourceIds.map((id) => refusal(pass.id, { sourceIds: [id] })));
    expect(answers).toEqual([
      [403, 'Only Editor can take sources out while this pass is blind.'],
      [403, 'Only Editor can take sources out while this pass is blind.'],
    ]);
    expect(await tried('pass.update', pass.id, { sourceIds: [place.source.id] }, editor)).toBe(200);
  });

  it('does not let it wait for coders to be done who are', async () => {
    const pass = await start({ revealWhen: 'on-date', revealOn: '2030-05-01' });
    for (const by of [annotator, second]) await progress(pass.id, 'done', by);
    expect(await refusal(pass.id, { revealWhen: 'when-done' })).toEqual([
      409,
      'All are done already: this pass would wait for ever. Reveal it instead.',
    ]);
    await progress(pass.id, 'working', second);
    expect((await deed('pass.update', pass.id, { revealWhen: 'when-done' })).revealWhen).toBe('when-done');
  });
});

describe('A blind pass', () => {
  it('shows its marks, threads and follow-ups to all at the reveal, in one event after the other', async () => {
    const pass = await start();
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    await ask('thread.create', annotator, here({ annotationId: mark.id, text: 'Is it so?' }));
    expect(await marks(second)).toEqual([]);
    expect(await typesFor(second)).not.toContain('annotation.created');
    expect(await codingsOfPass(grantOf(second, place.projectId, 'annotator'), pass.id)).toEqual([]);
    const { revealed, revealedBy } = await deed('pass.reveal', pass.id);
    expect([revealed === null, revealedBy?.id]).toEqual([false, owner.userId]);
    expect(await marks(second)).toEqual([mark.id]);
    const types = await typesFor(second);
    expect(types.slice(-2)).toEqual(['pass.revealed', 'pass.shown']);
    expect(types).toContain('annotation.created');
    const { threads } = await loadSource(grantOf(second, place.projectId, 'annotator'), place.source.id);
    expect(threads).toHaveLength(1);
    const [coding] = await codingsOfPass(grantOf(second, place.projectId, 'annotator'), pass.id);
    expect(coding).toMatchObject({
      annotationId: mark.id,
      coderId: pass.coders[0]?.id,
      sourceId: place.source.id,
      codeIds: [],
    });
  });

  it('is revealed when everybody is done, where it waits for that', async () => {
    const pass = await start({ revealWhen: 'when-done' });
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    expect((await progress(pass.id, 'done', annotator)).revealed).toBe(null);
    expect(await marks(second)).toEqual([]);
    expect((await progress(pass.id, 'done', second)).revealed).not.toBe(null);
    expect(await marks(second)).toEqual([mark.id]);
  });

  it('is revealed when its day begins, once, however many look', async () => {
    const pass = await start({ revealWhen: 'on-date', revealOn: '2030-05-01' });
    const mark = await place.mark(QUOTE, { passId: pass.id }, annotator);
    const sweepAt = (day: string) => createRevealSweep({ now: () => new Date(day) }).sweepOnce();
    expect(await sweepAt('2030-04-30T23:59:00Z')).toBe(0);
    expect(await marks(second)).toEqual([]);
    const counts = await Promise.all([sweepAt('2030-05-01T00:00:00Z'), sweepAt('2030-05-01T00:00:00Z')]);
    expect(counts.sort()).toEqual([0, 1]);
    expect(await marks(second)).toEqual([mark.id]);
    expect((await read(pass.id)).revealedBy).toBe(null);
    expect((await typesFor(second)).filter((type) => type === 'pass.revealed')).toHaveLength(1);
  });

  it('trains: whoever is done with a source sees the expert’s marks on it, and stays done and hidden', async () => {
    const coders = [{ userId: annotator.userId }, { userId: second.userId, isExpert: true }];
    const pass = await start({ coders });
    const theirs = await place.mark(QUOTE, { passId: pass.id }, second);
    const mine = await place.mark(OTHER, { passId: pass.id }, annotator);
    expect(await marks(annotator)).toEqual([mine.id]);
    await progress(pass.id, 'done', annotator);
    expect((await marks(annotator)).sort()).toEqual([mine.id, theirs.id].sort());
    expect(await marks(second)).toEqual([theirs.id]);
    expect(
      await tried('pass.progress', pass.id, { sourceId: place.source.id, state: 'working' }, annotator),
    ).toBe(409);
    const later = await place.mark(OTHER, { passId: pass.id }, second);
    expect(await marks(annotator)).toContain(later.id);
  });

  it('takes marks for a named coder from an editor, and counts them as that one’s', async () => {
    const pass = await start({ coders: [{ userId: annotator.userId }, { name: 'Classifier 2' }] });
    const coderId = pass.coders.find(({ userId }) => userId === null)?.id;
    const body = { passId: pass.id, coderId };
    await expect(place.mark(QUOTE, body, annotator)).rejects.toThrow(/editor/);
    const mark = await place.mark(QUOTE, body, owner);
    expect(mark).toMatchObject({ coderId, creator: { id: owner.userId } });
    expect(await marks(annotator)).toEqual([]);
    const [coding] = await codingsOfPass(grantOf(owner, place.projectId), pass.id);
    expect(coding?.coderId).toBe(coderId);
  });

  it('is revealed while its coders change their marks, and nobody waits for another', async () => {
    const pass = await start();
    const made = await Promise.all([1, 2, 3, 4].map(() => place.mark(QUOTE, { passId: pass.id }, annotator)));
    const changes = made.map(({ id }) =>
      call(
        'annotation.update',
        annotator,
        here({ motivation: 'commenting', body: { type: 'TextualBody', value: 'So.' } }, { annotationId: id }),
      ),
    );
    const answers = await Promise.all([
      ...changes,
      call('pass.reveal', owner, here(undefined, { passId: pass.id })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await marks(second)).sort()).toEqual(made.map(({ id }) => id).sort());
  });
});

describe('Counting while a pass is blind', () => {
  it('leaves hidden marks and what is said about them out of who did what and of counts of codes', async () => {
    const pass = await start();
    const code = await ask<{ id: string }>('code.create', owner, here({ name: 'Denial' }));
    const mine = await ask<Annotation>(
      'annotation.create',
      annotator,
      here({
        sourceId: place.source.id,
        motivation: 'classifying',
        selector: [{ type: 'TextQuoteSelector', exact: QUOTE }],
        codeIds: [code.id],
        passId: pass.id,
      }),
    );
    await ask('thread.create', annotator, here({ annotationId: mine.id, text: 'Is this one?' }));
    const did = async (by: Person) => {
      const { items } = await ask<{ items: Contribution[] }>('contribution.list', by, here());
      const found = items.find(({ person }) => person.id === annotator.userId);
      return [found?.codings ?? 0, found?.threads ?? 0];
    };
    const counted = async (by: Person) =>
      (await ask<{ items: CodeCount[] }>('code.counts', by, here())).items.map(({ count }) => count);
    expect([await did(second), await counted(second)]).toEqual([[0, 0], []]);
    expect([await did(annotator), await counted(annotator)]).toEqual([[1, 1], [1]]);
    await deed('pass.reveal', pass.id);
    expect([await did(second), await counted(second)]).toEqual([[1, 1], [1]]);
    await ask('annotation.delete', annotator, here(undefined, { annotationId: mine.id }));
    expect(await counted(second)).toEqual([]);
  });

  it('freezes no table, which everybody would read', async () => {
    const pass = await start();
    const note = await ask<{ id: string }>('note.create', owner, here({ title: 'Figures' }));
    const query = { kind: 'frequencies' };
    const { id } = await ask<{ id: string }>('saved-analysis.create', owner, here({ name: 'All', query }));
    await ask(
      'annotation.create',
      annotator,
      here({
        sourceId: place.source.id,
        motivation: 'highlighting',
        selector: [{ type: 'TextQuoteSelector', exact: QUOTE }],
        passId: pass.id,
      }),
    );
    const inNote = () => call('frozen-analysis.create', owner, here({ analysisId: id }, { noteId: note.id }));
    expect((await inNote()).status).toBe(409);
    await deed('pass.reveal', pass.id);
    expect((await inNote()).status).toBe(201);
  });
});
