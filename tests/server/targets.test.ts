import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { noteChips } from '@/db/schema/notes';
import { annotationTargets } from '@/db/schema/targets';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Target, TargetDecided } from '@/lib/annotations/target';
import type { Event } from '@/lib/events/event';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { ask, call } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, edited, FIRST, type Page } from '@/tests/support/versioned-source';

const DENIED = 'The ministry denied that any contract was missing';
const DECLINED = 'declined to say who had signed the papers';
/** Two words of DENIED changed, and the sentence of DECLINED is gone. */
const SECOND = edited(
  FIRST,
  ['that any contract was missing', 'that any file was gone'],
  ['A spokesman for the harbour board declined to say who had signed the papers.', 'Nobody else spoke.'],
);

/** A source with a mark that was changed and one that is gone, both waiting; the second one is the annotator's. */
async function queue() {
  const place = await desk();
  const changed = await place.mark(DENIED);
  const gone = await place.mark(DECLINED, {}, annotator);
  await place.make({ text: SECOND });
  const decide = (
    id: string,
    body: object,
    { by = owner, revision }: { by?: typeof owner; revision?: number } = {},
  ) =>
    call(
      'target.decide',
      by,
      place.inside({
        params: { annotationId: id },
        body,
        headers: revision === undefined ? {} : { 'if-match': `"${revision}"` },
      }),
    );
  const decided = async (id: string, body: object, revision?: number) => {
    const response = await decide(id, body, { revision });
    expect(response.status).toBe(200);
    return (await response.json()) as TargetDecided;
  };
  const targetOf = async (id: string) =>
    (await place.targets()).find((one) => one.annotationId === id) as Target;
  return { ...place, changed, gone, decide, decided, targetOf };
}

describe('The queue of marks to look at', () => {
  it('shows what was marked, what is proposed, and why, page by page', async () => {
    const place = await queue();
    const [first, second, third] = await place.targets({ state: 'waiting' });
    expect(third).toBe(undefined);
    expect(first).toMatchObject({
      annotationId: place.changed.id,
      outcome: 'changed',
      place: { exact: 'The ministry denied that any file was gone' },
      stood: { version: 1, exact: DENIED, prefix: expect.stringContaining('the steps of the court') },
      was: DENIED,
      changedIn: 2,
      revision: 1,
    });
    expect(second).toMatchObject({ annotationId: place.gone.id, outcome: 'lost', place: null });
    expect(second?.stood?.exact).toBe(DECLINED);
    const params = { sourceId: place.source.id };
    const page = await ask<Page<Target>>(
      'target.list',
      owner,
      place.inside({ params, query: { state: 'waiting', limit: 1 } }),
    );
    expect(page.nextCursor).toBe(first?.annotationId);
    const next = await ask<Page<Target>>(
      'target.list',
      owner,
      place.inside({
        params,
        query: { state: 'waiting', limit: 1, cursor: page.nextCursor ?? '' },
      }),
    );
    expect(next).toMatchObject({ items: [{ annotationId: place.gone.id }], nextCursor: null });
    expect((await place.versions())[0]?.waiting).toBe(2);
  });

  it('leaves deleted marks out, and has them again once they are restored', async () => {
    const place = await queue();
    const one = place.inside({ params: { annotationId: place.gone.id } });
    await ask('annotation.delete', annotator, one);
    expect(await place.targets({ state: 'waiting' })).toHaveLength(1);
    expect((await place.versions())[0]?.waiting).toBe(1);
    expect((await place.decide(place.gone.id, { orphan: true })).status).toBe(409);
    await ask('annotation.restore', annotator, one);
    expect(await place.targets({ state: 'waiting' })).toHaveLength(2);
  });
});

describe('Deciding where a mark stands', () => {
  it('confirms a changed place, and takes that back', async () => {
    const place = await queue();
    const { target, annotation } = await place.decided(place.changed.id, { accept: true });
    expect(target).toMatchObject({ state: 'accepted', decidedBy: { id: owner.userId }, revision: 2 });
    expect(annotation).toMatchObject({
      version: 2,
      revision: 1,
      anchoring: { state: 'accepted', was: DENIED },
    });
    const opened = await place.decided(place.changed.id, { reopen: true });
    expect(opened.target).toMatchObject({ state: 'waiting', decidedBy: null, revision: 3 });
    expect(opened.annotation.selector).toEqual(annotation.selector);
  });

  it('sets a mark aside as gone, from where it had been put too, and puts it back', async () => {
    const place = await queue();
    const before = await place.get(place.changed.id);
    const { annotation } = await place.decided(place.changed.id, { orphan: true });
    expect(annotation).toMatchObject({
      version: 1,
      selector: place.changed.selector,
      anchoring: { state: 'orphan' },
    });
    const opened = await place.decided(place.changed.id, { reopen: true });
    expect(opened.annotation).toEqual({ ...before, anchoring: { ...before.anchoring, revision: 3 } });
  });

  it('puts an orphan onto a passage again, with thread, code and chip', async () => {
    const place = await queue();
    const code = await ask<{ id: string }>('code.create', owner, place.inside({ body: { name: 'Silence' } }));
    const { id } = place.gone;
    await ask(
      'annotation.update',
      annotator,
      place.inside({ params: { annotationId: id }, body: { codeIds: [code.id] } }),
    );
    const thread = await ask<{ id: string }>(
      'thread.create',
      owner,
      place.inside({ body: { annotationId: id, text: 'Who?' } }),
    );
    const { items: notes } = await ask<Page<{ id: string }>>('note.list', owner, place.inside());
    const noteId = notes[0]?.id ?? '';
    await database.db.insert(noteChips).values({ projectId: place.projectId, noteId, annotationId: id });
    await place.decided(id, { orphan: true });
    const start = SECOND.indexOf('Nobody else spoke');
    const { annotation } = await place.decided(
      id,
      { start, end: start + 17, exact: 'Nobody else spoke' },
      (await place.targetOf(id)).revision,
    );
    expect(annotation).toMatchObject({
      id,
      version: 2,
      codeIds: [code.id],
      noteIds: [noteId],
      anchoring: { state: 'placed', was: DECLINED, changedIn: 2 },
    });
    expect(annotation.selector[0]).toMatchObject({ start, end: start + 17 });
    const { items } = await ask<Page<{ id: string }>>(
      'thread.list',
      owner,
      place.inside({ query: { annotation: id } }),
    );
    expect(items.map((one) => one.id)).toEqual([thread.id]);
  });

  it('moves nothing for the second of two people, and tells them what the first decided', async () => {
    const place = await queue();
    const { id } = place.gone;
    const start = SECOND.indexOf('Nobody');
    const answers = await Promise.all([
      place.decide(id, { orphan: true }),
      place.decide(id, { start, end: start + 6, exact: 'Nobody' }, { by: annotator }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const now = await place.get(id);
    const late = answers.find(({ status }) => status === 409) as Response;
    const { error } = (await late.json()) as { error: { code: string; details: { target: Target } } };
    expect(error.code).toBe('conflict');
    expect(error.details.target).toMatchObject({
      annotationId: id,
      state: now.anchoring?.state,
      revision: 2,
    });
    // Nor does one who looked at it before, whichever way they say so.
    const before = await fingerprintOf(database);
    expect((await place.decide(id, { orphan: true }, { revision: 1 })).status).toBe(409);
    expect((await place.decide(id, { reopen: true }, { revision: 1 })).status).toBe(409);
    expect((await place.decide(id, { accept: true })).status).toBe(409);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it.each<[string, object, number]>([
    ['words that do not stand there', { start: 0, end: 3, exact: 'Any' }, 400],
    ['a passage beyond the text', { start: 9_000, end: 9_003, exact: 'The' }, 400],
    ['a proposal where none is', { accept: true }, 400],
    ['two decisions at once', { accept: true, orphan: true }, 400],
    ['nothing', {}, 400],
  ])('refuses %s and moves nothing', async (_, body, status) => {
    const place = await queue();
    const before = await fingerprintOf(database);
    expect((await place.decide(place.gone.id, body)).status).toBe(status);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it("leaves others' marks to an editor", async () => {
    const place = await queue();
    const { changed, gone } = place;
    expect((await place.decide(changed.id, { accept: true }, { by: annotator })).status).toBe(403);
    expect((await place.decide(gone.id, { orphan: true }, { by: annotator })).status).toBe(200);
  });

  it('does not lose to a change of what the mark says, nor that to it', async () => {
    const place = await queue();
    const { id } = place.changed;
    const body = { body: { type: 'TextualBody', value: 'Still true?' } };
    const edits = await Promise.all([
      place.decide(id, { accept: true }),
      call(
        'annotation.update',
        owner,
        place.inside({ params: { annotationId: id }, body, headers: { 'if-match': '"1"' } }),
      ),
    ]);
    expect(edits.map(({ status }) => status)).toEqual([200, 200]);
    expect(await place.get(id)).toMatchObject({
      version: 2,
      body: { value: 'Still true?' },
      anchoring: { state: 'accepted' },
    });
  });
});

describe('Deciding about many at once', () => {
  it('accepts what has one proposal that is good enough, and takes just that back', async () => {
    const place = await queue();
    const params = { sourceId: place.source.id };
    const accept = (minScore: number, by = owner) =>
      ask<{ annotationIds: string[] }>('target.accept-all', by, place.inside({ params, body: { minScore } }));
    const { score } = await place.targetOf(place.changed.id);
    expect(await accept(Math.min(1, score + 0.01))).toEqual({ annotationIds: [] });
    // An annotator's click does not decide about others' marks.
    expect(await accept(0, annotator)).toEqual({ annotationIds: [] });
    const { annotationIds } = await accept(score);
    expect(annotationIds).toEqual([place.changed.id]);
    expect(await place.get(place.changed.id)).toMatchObject({ anchoring: { state: 'accepted' } });
    const last = (await place.events()).at(-1)?.happening;
    expect(last).toMatchObject({
      type: 'source.targets-decided',
      subject: {
        id: place.source.id,
        version: 2,
        decision: 'accepted',
        annotations: [{ id: place.changed.id }],
      },
    });
    const reopen = (by = owner) =>
      ask(
        'target.reopen-all',
        by,
        place.inside({ params, body: { annotationIds: [...annotationIds, place.gone.id] } }),
      );
    expect(await reopen(annotator)).toEqual({ annotationIds: [] });
    expect(await reopen()).toEqual({ annotationIds: [place.changed.id] });
    expect((await place.targetOf(place.changed.id)).state).toBe('waiting');
    expect(await reopen()).toEqual({ annotationIds: [] });
  });

  it('does not take back what somebody has decided otherwise since', async () => {
    const place = await queue();
    const params = { sourceId: place.source.id };
    const { annotationIds } = await ask<{ annotationIds: string[] }>(
      'target.accept-all',
      owner,
      place.inside({ params, body: { minScore: 0 } }),
    );
    await place.decided(place.changed.id, { orphan: true }, 2);
    expect(await ask('target.reopen-all', owner, place.inside({ params, body: { annotationIds } }))).toEqual({
      annotationIds: [],
    });
    expect((await place.targetOf(place.changed.id)).state).toBe('orphan');
  });

  it('is refused for a version that is no longer the current one', async () => {
    const place = await queue();
    await place.make({ text: `Third.\n\n${SECOND}` });
    const body = { minScore: 0, version: 2 };
    const response = await call(
      'target.accept-all',
      owner,
      place.inside({ params: { sourceId: place.source.id }, body }),
    );
    expect(response.status).toBe(409);
  });
});

describe('What a later version does to decisions', () => {
  it('keeps them, and an unconfirmed place waits on', async () => {
    const place = await queue();
    await place.decided(place.gone.id, { orphan: true });
    const made = await place.make({ text: `Third.\n\n${SECOND}` });
    expect(made.outcomes.map(({ state }) => state)).toEqual(['waiting', 'orphan']);
    expect(await place.get(place.changed.id)).toMatchObject({
      version: 3,
      anchoring: { outcome: 'changed', state: 'waiting', was: DENIED, changedIn: 2 },
    });
    const back = await place.make({ text: FIRST });
    expect(back.outcomes[1]).toMatchObject({ state: 'waiting', outcome: 'ambiguous' });
    const again = await place.targetOf(place.gone.id);
    expect(again).toMatchObject({ reason: 'returned', candidates: [{ exact: DECLINED }] });
    const { annotation } = await place.decided(place.gone.id, { accept: true });
    expect(annotation).toMatchObject({ version: 4, anchoring: { state: 'accepted', was: null } });
    expect(FIRST.slice(annotation.selector[0].start, annotation.selector[0].end)).toBe(DECLINED);
    // What was decided in an older version is history.
    expect((await place.targets({ version: 2 })).map(({ state }) => state)).toEqual(['waiting', 'orphan']);
    await expect(database.db.update(annotationTargets).set({ state: 'settled' })).rejects.toThrow();
    await expect(database.db.delete(annotationTargets)).rejects.toThrow();
  });
});

describe('The log', () => {
  it('tells of the version and of every mark as it is then', async () => {
    const place = await queue();
    const told = (await place.events()).map(({ happening }: Event) => happening);
    const made = told.findIndex(({ type }) => type === 'source.version-created');
    expect(told[made]?.subject).toMatchObject({ id: place.source.id, how: 'text', text: { version: 2 } });
    const carried = told[made + 1];
    if (carried?.type !== 'source.targets-carried') throw new Error('The marks are not told of');
    const now: Annotation[] = [await place.get(place.changed.id), await place.get(place.gone.id)];
    expect(carried.subject).toEqual({ id: place.source.id, from: 1, to: 2, annotations: now });
  });
});
