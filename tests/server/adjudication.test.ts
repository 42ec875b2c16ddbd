import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Adjudication, Decision, GoldRow } from '@/lib/adjudication/decision';
import type { Code } from '@/lib/codebook/code';
import type { Contribution } from '@/lib/contributions/contribution';
import { newId } from '@/lib/new-id';
import type { DecisionNotice } from '@/lib/notices/notice';
import type { Pass } from '@/lib/passes/pass';
import { addPerson, ask, type Call, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, edited, FIRST } from '@/tests/support/versioned-source';

const BOXES = 'received eleven boxes of paper';
const DENIED = 'The ministry denied that any contract was missing';

let place: Awaited<ReturnType<typeof desk>>;
let editor: Person;
let other: Person;
let denial: Code;
let count: Code;
let pass: Pass;

beforeEach(async () => {
  place = await desk();
  [editor, other] = [await addPerson(database, 'Editor'), await addPerson(database, 'Other')];
  await insertMember(database.db, place, editor.userId, 'editor');
  await insertMember(database.db, place, other.userId, 'annotator');
  const code = (name: string) => ask<Code>('code.create', owner, place.inside({ body: { name } }));
  [denial, count] = [await code('Denial'), await code('Count')];
});

async function start(kind: 'open' | 'blind') {
  const coders = [{ userId: annotator.userId }, { userId: other.userId }];
  const body = { name: 'Round 1', kind, sourceIds: [place.source.id], coders };
  pass = await ask<Pass>('pass.create', owner, place.inside({ body }));
  const coded = (exact: string, code: Code, by: Person) =>
    place.mark(exact, { motivation: 'classifying', codeIds: [code.id], passId: pass.id }, by);
  await coded(DENIED, denial, annotator);
  await coded(DENIED, denial, other);
  await coded(BOXES, count, annotator);
  await coded('eleven boxes of paper', denial, other);
}

const here = (body?: object, params: Record<string, string> = {}): Call =>
  place.inside({ params: { passId: pass.id, ...params }, body });
const read = (by = owner) => ask<Adjudication>('adjudication.get', by, here());
const decide = (body: object, by = owner) => ask<Decision>('decision.make', by, here(body));
const gold = async () => (await ask<{ items: GoldRow[] }>('gold.get', owner, here())).items;
const one = async () => {
  const [disagreement] = (await read()).queue;
  if (disagreement === undefined) throw new Error('Nobody disagrees');
  return disagreement;
};
const codingOf = async (code: Code) => {
  const coding = (await one()).codings.find(({ codeId }) => codeId === code.id);
  return { annotationId: coding?.annotationId, codeId: code.id };
};
/** How much the record says that somebody decided, to whoever reads it. */
const decidedBy = async (person: Person, reader: Person) =>
  (await ask<{ items: Contribution[] }>('contribution.list', reader, place.inside())).items.find(
    (one) => one.person.id === person.userId,
  )?.decisions;
const noticesOf = async (person: Person) =>
  (await ask<{ items: DecisionNotice[] }>('notice.list', person, {})).items.filter(
    ({ project }) => project.id === place.projectId,
  );

describe('A disagreement', () => {
  it('is queued with its codings and the words around it, and what all agree on is gold by itself', async () => {
    await start('open');
    const { queue, agreed, decisions } = await read(annotator);
    expect(queue).toMatchObject([{ kind: 'code', sourceId: place.source.id, version: 1 }]);
    expect(queue[0]?.codings).toHaveLength(2);
    expect(queue[0]?.context.text).toContain(BOXES);
    expect({ agreed, decisions }).toEqual({ agreed: 1, decisions: [] });
    expect(await gold()).toMatchObject([{ exact: DENIED, code: 'Denial', decisionId: null, outcome: null }]);
  });

  it('that only some of the coders marked is one, even where these agree', async () => {
    await start('open');
    await place.mark(
      'A spokesman',
      { motivation: 'classifying', codeIds: [count.id], passId: pass.id },
      annotator,
    );
    expect((await read()).queue.map(({ kind }) => kind).sort()).toEqual(['code', 'only-one']);
  });

  it('is none with a coder who has not begun the source, and is one once they have', async () => {
    await start('open');
    const third = await addPerson(database, 'Third');
    await insertMember(database.db, place, third.userId, 'annotator');
    const before = await read();
    const coders = [...pass.coders.map(({ id, userId }) => ({ id, userId })), { userId: third.userId }];
    const changed = await ask<Pass>('pass.update', owner, here({ coders }));
    const coderId = changed.coders.find(({ userId }) => userId === third.userId)?.id ?? '';
    const assigning = { changes: [{ coderId, sourceId: place.source.id, assigned: true }] };
    await ask('pass.assign', owner, here(assigning));
    const { queue, agreed } = await read();
    expect({ queue, agreed }).toEqual({ queue: before.queue, agreed: 1 });
    await ask('pass.progress', third, here({ sourceId: place.source.id, state: 'working' }));
    const after = await read();
    expect(after.agreed).toBe(0);
    expect(after.queue.map(({ kind }) => kind).sort()).toEqual(['code', 'only-one']);
  });

  it('of a blind pass is shown to nobody but its lead before the reveal, and so is what was decided', async () => {
    await start('blind');
    for (const by of [editor, annotator])
      for (const operation of ['adjudication.get', 'gold.get'] as const)
        expect((await call(operation, by, here())).status).toBe(403);
    const { key } = await one();
    const refused = await call('decision.make', editor, here({ key, outcome: 'merge' }));
    expect(refused.status).toBe(403);
    await decide({ key, outcome: 'merge' });
    expect([await decidedBy(owner, owner), await decidedBy(owner, editor)]).toEqual([1, 0]);
    const heard = async () =>
      (
        await ask<{ items: { happening: { type: string } }[] }>(
          'event.list',
          annotator,
          place.inside({ query: { limit: 500 } }),
        )
      ).items.filter(({ happening }) => happening.type.startsWith('decision.'));
    expect(await heard()).toEqual([]);
    expect(await noticesOf(annotator)).toEqual([]);
    await ask('pass.reveal', owner, here());
    expect(await heard()).toMatchObject([{ happening: { type: 'decision.made' } }]);
  });
});

describe('A decision', () => {
  it('accepts one coding, leaves the marks as they are, and tells whoever coded otherwise why', async () => {
    await start('open');
    const before = await place.text();
    const accepted = await codingOf(count);
    const { key } = await one();
    const decision = await decide({ key, outcome: 'accept', accepted, why: 'It counts.' }, editor);
    expect(decision).toMatchObject({
      outcome: 'accept',
      gold: [{ exact: BOXES, codeId: count.id }],
      by: { id: editor.userId },
      undone: null,
    });
    expect(await gold()).toMatchObject([
      { exact: BOXES, code: 'Count', outcome: 'accept', why: 'It counts.' },
      { exact: DENIED, outcome: null },
    ]);
    expect(await noticesOf(other)).toMatchObject([
      { kind: 'decided-otherwise', about: BOXES, why: 'It counts.', by: { name: 'Editor' } },
    ]);
    expect(await noticesOf(annotator)).toEqual([]);
    expect((await one()).codings).toHaveLength(2);
    expect(await place.text()).toBe(before);
  });

  it('merges what all covered, or makes a third coding of its own', async () => {
    await start('open');
    const { key, start: from } = await one();
    const merged = await decide({ key, outcome: 'merge', accepted: await codingOf(denial) });
    expect(merged.gold).toMatchObject([{ codeId: denial.id, exact: BOXES }]);
    const third = { codeId: denial.id, start: from, end: from + 'received'.length };
    const replaced = await decide({ key, outcome: 'third', third, replaces: merged.id });
    expect(replaced.gold).toMatchObject([{ codeId: denial.id, exact: 'received' }]);
    expect((await read()).decisions.map(({ id }) => id)).toEqual([replaced.id]);
    const far = { ...third, end: 100_000 };
    const refused = await call(
      'decision.make',
      owner,
      here({ key, outcome: 'third', third: far, replaces: replaced.id }),
    );
    expect(refused.status).toBe(400);
  });

  it('is made once: the second of two adjudicators is told what the first decided', async () => {
    await start('open');
    const { key } = await one();
    const make = (by: Person) => call('decision.make', by, here({ key, outcome: 'merge' }));
    const answers = await Promise.all([make(owner), make(editor)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [standing] = (await read()).decisions;
    expect(await answers.find(({ status }) => status === 409)?.json()).toMatchObject({
      error: { details: { decision: { id: standing?.id } } },
    });
    expect((await read()).decisions).toHaveLength(1);
  });

  it('can be taken back and brought back, unless another one stands by then', async () => {
    await start('open');
    const { key } = await one();
    const first = await decide({ key, outcome: 'merge' });
    const params = { decisionId: first.id };
    await ask('decision.undo', editor, here(undefined, params));
    expect((await read()).decisions).toEqual([]);
    expect(await gold()).toHaveLength(1);
    expect(await noticesOf(other)).toEqual([]);
    await ask('decision.restore', owner, here(undefined, params));
    expect(await gold()).toHaveLength(2);
    await ask('decision.undo', owner, here(undefined, params));
    await decide({ key, outcome: 'merge' }, editor);
    expect((await call('decision.restore', owner, here(undefined, params))).status).toBe(409);
  });

  it('is about its disagreement alone: once the coders changed their codes it is gold no longer', async () => {
    await start('open');
    const { key, codings } = await one();
    await decide({ key, outcome: 'merge' });
    const theirs = codings.find(({ codeId }) => codeId === denial.id);
    const params = { annotationId: theirs?.annotationId ?? '' };
    await ask('annotation.update', other, place.inside({ params, body: { codeIds: [count.id] } }));
    const after = await read();
    expect(after.queue.map((each) => each.key)).not.toContain(key);
    expect(after.decisions).toHaveLength(1);
    expect(await gold()).toHaveLength(1);
    expect((await call('decision.make', owner, here({ key, outcome: 'merge' }))).status).toBe(409);
  });

  it('that sends to discussion names the thread and settles nothing', async () => {
    await start('open');
    const { key, codings } = await one();
    const body = { annotationId: codings[0]?.annotationId, text: 'Is this a denial?' };
    const { id: threadId } = await ask<{ id: string }>('thread.create', owner, place.inside({ body }));
    const decision = await decide({ key, outcome: 'discuss', threadId });
    expect(decision).toMatchObject({ threadId, gold: [] });
    expect(await gold()).toHaveLength(1);
    const refused = await call(
      'decision.make',
      owner,
      here({ key, outcome: 'codebook', threadId: newId(), replaces: decision.id }),
    );
    expect(refused.status).toBe(400);
  });

  it('is objected to by whoever coded there, which tells whoever decided and can be settled', async () => {
    await start('open');
    const { key } = await one();
    const { id: decisionId } = await decide({ key, outcome: 'merge' }, editor);
    const object = (by: Person) =>
      call('objection.create', by, here({ text: 'Boxes are no denial.' }, { decisionId }));
    expect((await object(owner)).status).toBe(403);
    expect((await object(other)).status).toBe(201);
    expect(await noticesOf(editor)).toMatchObject([
      { kind: 'decision-objected', why: 'Boxes are no denial.' },
    ]);
    const [decision] = (await read()).decisions;
    const objectionId = decision?.objections[0]?.id ?? '';
    expect(decision?.objections).toMatchObject([{ text: 'Boxes are no denial.', settled: null }]);
    const settled = await ask<Decision>(
      'objection.settle',
      editor,
      here(undefined, { decisionId, objectionId }),
    );
    expect(settled.objections).toMatchObject([{ settled: { by: { id: editor.userId } } }]);
  });

  it('keeps the agreement before the first and after the last', async () => {
    await start('open');
    const { key } = await one();
    await decide({ key, outcome: 'merge' });
    const { agreement } = await read();
    expect(agreement.map(({ moment, decided, of }) => ({ moment, decided, of }))).toEqual([
      { moment: 'before', decided: 0, of: 1 },
      { moment: 'after', decided: 1, of: 1 },
    ]);
    const f1 = agreement.map(({ figures }) => figures.find(({ id }) => id === 'span-f1')?.value ?? null);
    expect(f1[0]).toBeLessThan(1);
    expect(f1[1]).toBe(1);
  });
});

describe('The gold layer', () => {
  it('is a table that any program reads, with nothing in it taken for a formula', async () => {
    await start('open');
    const { key } = await one();
    await decide({ key, outcome: 'merge', why: '=1+1' });
    const answer = await call(
      'gold.get',
      owner,
      place.inside({ params: { passId: pass.id }, query: { format: 'csv' } }),
    );
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines[0]).toBe('source_id,version,start,end,code_id,code,exact,decision_id,outcome,why');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`"'=1+1"`);
  });

  it('goes on to a new version of the source where its place there is certain, and else stays in its own', async () => {
    await start('open');
    const { key } = await one();
    const { id } = await decide({ key, outcome: 'merge' });
    await place.make({ text: edited(FIRST, ['The watchdog opened', 'In spring the watchdog opened']) });
    const [moved] = (await gold()).filter(({ decisionId }) => decisionId === id);
    expect(moved).toMatchObject({ version: 2, exact: BOXES });
    expect((await place.text()).slice(moved?.start, moved?.end)).toBe(BOXES);
    expect((await read()).decisions[0]).toMatchObject({ version: 1, gold: [{ version: 2 }], revision: 2 });

    const gone = edited(FIRST, [
      'and received eleven boxes of paper',
      'but the harbour board kept every archive under lock and key until the court ruled',
    ]);
    await place.make({ text: gone });
    const rows = await gold();
    expect(rows.find(({ decisionId }) => decisionId === id)).toMatchObject({ version: 2, exact: BOXES });
    expect(rows.find(({ decisionId }) => decisionId === null)).toMatchObject({ version: 3, exact: DENIED });
    await place.make({ text: FIRST });
    expect((await gold()).find(({ decisionId }) => decisionId === id)).toMatchObject({
      version: 4,
      exact: BOXES,
    });
  });

  it('that is decided while a version comes in stands in that version', async () => {
    await start('open');
    const { key } = await one();
    const text = edited(FIRST, ['The watchdog opened', 'In spring the watchdog opened']);
    await Promise.all([place.make({ text }), decide({ key, outcome: 'merge' })]);
    const [row] = (await gold()).filter(({ decisionId }) => decisionId !== null);
    expect(row).toMatchObject({ version: 2, exact: BOXES });
    expect((await place.text()).slice(row?.start, row?.end)).toBe(BOXES);
  });
});
