import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { listEvents } from '@/db/events';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { CodePassage, CodeVersion } from '@/lib/codebook/passage';
import { treeOf } from '@/lib/codebook/tree';
import { newId } from '@/lib/new-id';
import { addMember } from '@/server/members';
import { addPerson, addSource, ask, type Call, call, grantOf, type Person } from '@/tests/support/instance';
import { database as instance, owner, projectId } from '@/tests/support/one-project';

type Changed = { items: Code[]; moved: number };
const here = (params: object = {}, body?: object, query?: Call['query']): Call => ({
  params: { projectId, ...params },
  body,
  query,
});
const make = (name: string, more: object = {}) =>
  ask<Code>('code.create', owner, here({}, { name, ...more }));
const codes = async () => (await ask<{ items: Code[] }>('code.list', owner, here())).items;
const shape = async (...wanted: Code[]) => {
  const ids = new Set(wanted.map(({ id }) => id));
  return treeOf((await codes()).filter(({ id }) => ids.has(id))).map(
    ({ code, depth }) => '.'.repeat(depth) + code.name,
  );
};
const refusal = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { message: string } };
  return [answer.status, error.message] as const;
};

let sourceId: string;
let annotator: Person;
beforeAll(async () => {
  annotator = await addPerson(instance, 'Ann');
  await addMember(grantOf(owner, projectId), { email: annotator.email, role: 'annotator' });
});
beforeEach(async () => {
  sourceId = (await addSource(grantOf(owner, projectId))).id;
});

const mark = (codeIds: string[], who: Person = owner, exact = 'a draft report') =>
  ask<Annotation>(
    'annotation.create',
    who,
    here(
      {},
      {
        sourceId,
        motivation: 'classifying',
        selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
        codeIds,
      },
    ),
  );
const codesOf = async (id: string) =>
  (await ask<Annotation>('annotation.get', owner, here({ annotationId: id }))).codeIds;
const passages = async (codeId: string, query: Call['query'] = {}) =>
  (await ask<{ items: CodePassage[] }>('code.passages', owner, here({ codeId }, undefined, query))).items;
const codings = async (...ids: string[]) =>
  (
    await database().execute(
      sql`select * from annotation_codes where annotation_id = any(${sql.param(ids)}::uuid[]) order by annotation_id, code_id`,
    )
  ).rows;

describe('The tree of codes', () => {
  it('takes a code anywhere, and refuses to put one below itself', async () => {
    const [a, b, c] = [await make('Tree A'), await make('Tree B'), await make('Tree C')];
    const move = (code: Code, body: object) => call('code.move', owner, here({ codeId: code.id }, body));
    expect((await move(c, { parentId: a.id })).status).toBe(200);
    expect((await move(b, { parentId: a.id, after: null })).status).toBe(200);
    expect(await shape(a, b, c)).toEqual(['Tree A', '.Tree B', '.Tree C']);
    expect(await refusal(await move(a, { parentId: b.id }))).toEqual([
      400,
      'A code can’t stand below itself.',
    ]);
    await move(b, { parentId: a.id, after: c.id });
    expect(await shape(a, b, c)).toEqual(['Tree A', '.Tree C', '.Tree B']);
  });

  it('never has a circle or two codes at one place, however many move at once', async () => {
    const made: Code[] = [];
    for (let nth = 0; nth < 6; nth += 1) made.push(await make(`Moved ${nth}`));
    await Promise.all(
      Array.from({ length: 40 }, (_, nth) => {
        const [code, under] = [made[nth % 6], made[(nth * 5 + 1) % 6]] as [Code, Code];
        const body = nth % 7 === 0 ? { parentId: null, after: null } : { parentId: under.id };
        return call('code.move', owner, here({ codeId: code.id }, body));
      }),
    );
    const all = await codes();
    const byId = new Map(all.map((code) => [code.id, code]));
    for (const code of all) {
      const above = new Set<string>();
      for (let at: Code | undefined = code; at !== undefined; at = byId.get(at.parentId ?? '')) {
        expect(above.has(at.id)).toBe(false);
        above.add(at.id);
      }
    }
    expect(new Set(all.map(({ parentId, rank }) => `${parentId} ${rank}`)).size).toBe(all.length);
  });

  it('lets the codes under one that is removed move up, and gives them back with it', async () => {
    const a = await make('Up A');
    const b = await make('Up B', { parentId: a.id });
    const [c, d] = [await make('Up C', { parentId: b.id }), await make('Up D', { parentId: b.id })];
    const mine = await mark([b.id]);
    await ask('code.delete', owner, here({ codeId: b.id }));
    expect(await shape(a, b, c, d)).toEqual(['Up A', '.Up C', '.Up D']);
    const gone = await ask<{ items: Code[] }>('code.list', owner, here({}, undefined, { gone: 'true' }));
    expect(gone.items.map(({ id }) => id)).toContain(b.id);
    await ask('code.restore', owner, here({ codeId: b.id }));
    expect(await shape(a, b, c, d)).toEqual(['Up A', '.Up B', '..Up C', '..Up D']);
    expect(await codesOf(mine.id)).toEqual([b.id]);
  });
});

describe('The words of a code', () => {
  it('are kept from change to change, and a coding knows under which it was made', async () => {
    const code = await make('Versioned', { definition: 'First' });
    const early = await mark([code.id]);
    const update = (body: object) => ask<Code>('code.update', owner, here({ codeId: code.id }, body));
    expect((await update({ colour: 'rose' })).definitionVersion).toBe(1);
    expect((await update({ whenNot: 'Never of hearsay' })).definitionVersion).toBe(2);
    const late = await mark([code.id], annotator);
    const { items } = await ask<{ items: CodeVersion[] }>('code.versions', owner, here({ codeId: code.id }));
    expect(
      items.map(({ version, definition, whenNot, by }) => [version, definition, whenNot, by?.name]),
    ).toEqual([
      [2, 'First', 'Never of hearsay', owner.name],
      [1, 'First', '', owner.name],
    ]);
    expect(
      (await passages(code.id)).map(({ id, madeUnder, isOutdated }) => [id, madeUnder.version, isOutdated]),
    ).toEqual([
      [early.id, 1, true],
      [late.id, 2, false],
    ]);
    expect((await passages(code.id, { outdated: 'true' })).map(({ id }) => id)).toEqual([early.id]);
    // Said as at first again, nothing is to be reviewed but what was coded in between.
    await update({ whenNot: '' });
    expect((await passages(code.id, { outdated: 'true' })).map(({ id }) => id)).toEqual([late.id]);
    const confirm = (who: Person) =>
      call('code.confirm', who, here({ codeId: code.id }, { annotationIds: [early.id, late.id] }));
    expect((await confirm(annotator)).status).toBe(403);
    expect(await (await confirm(owner)).json()).toEqual({ confirmed: 2 });
    expect(await passages(code.id, { outdated: 'true' })).toEqual([]);
  });

  it('can’t be changed once they are kept', async () => {
    await make('Kept');
    await expect(database().execute(sql`update code_versions set name = 'Forged'`)).rejects.toThrow();
  });

  it('stay with a coding when another code is added to its mark', async () => {
    const [one, two] = [await make('Stays'), await make('Joins')];
    const { id } = await mark([one.id]);
    await ask('code.update', owner, here({ codeId: one.id }, { definition: 'Other' }));
    await ask('annotation.update', owner, here({ annotationId: id }, { codeIds: [two.id, one.id] }));
    expect((await passages(one.id))[0]?.madeUnder.version).toBe(1);
  });

  it('take examples from marks of the project and a memo from its notes, and nothing else', async () => {
    const code = await make('Shown');
    const { id } = await mark([code.id]);
    const note = await ask<{ id: string }>('note.create', owner, here({}, { title: 'About it' }));
    const body = { exampleIds: [id], memoNoteId: note.id };
    expect(await ask<Code>('code.update', owner, here({ codeId: code.id }, body))).toMatchObject(body);
    for (const wrong of [{ exampleIds: [newId()] }, { memoNoteId: newId() }])
      expect((await call('code.update', owner, here({ codeId: code.id }, wrong))).status).toBe(400);
  });
});

describe('Merging codes', () => {
  it('gives every passage the other code, and undoing it gives back what was, exactly', async () => {
    const [a, b] = [await make('Merge A'), await make('Merge B')];
    const child = await make('Merge child', { parentId: a.id });
    const alone = await mark([a.id], annotator);
    const both = await mark([a.id, b.id], owner, 'The ministry denied it.');
    await ask('code.update', owner, here({ codeId: a.id }, { definition: 'Later words' }));
    const other = await mark([b.id], owner, 'We found no records');
    const before = await codings(alone.id, both.id, other.id);
    const merged = await ask<Changed>('code.merge', owner, here({ codeId: a.id }, { into: b.id }));
    expect(merged).toMatchObject({ moved: 2, items: [{ id: a.id, mergedInto: b.id }, { id: child.id }] });
    expect(await codesOf(alone.id)).toEqual([b.id]);
    expect(await codesOf(both.id)).toEqual([b.id]);
    expect(await shape(a, b, child)).toEqual(['Merge B', '.Merge child']);
    // What was coded under other words waits for a review.
    expect((await passages(b.id, { outdated: 'true' })).map(({ id, madeUnder }) => [id, madeUnder])).toEqual([
      [alone.id, { codeId: a.id, version: 1 }],
    ]);
    await ask('code.restore', owner, here({ codeId: a.id }));
    expect(await codings(alone.id, both.id, other.id)).toEqual(before);
    expect(await shape(a, b, child)).toEqual(['Merge A', '.Merge child', 'Merge B']);
  });

  it('is one event, which the marks follow, in commit order', async () => {
    const [a, b] = [await make('Told A'), await make('Told B')];
    const { id } = await mark([a.id]);
    const grant = grantOf(owner, projectId);
    const from = (await database().execute<{ id: string }>(sql`select max(id) as id from events`)).rows[0]
      ?.id;
    await ask('code.merge', owner, here({ codeId: a.id }, { into: b.id }));
    const told = await listEvents(database(), grant, Number(from), 10);
    expect(told.map(({ event }) => event.happening.type)).toEqual(['code.merged', 'code.recoded']);
    expect(told[1]?.event.happening.subject).toMatchObject({
      annotations: [{ id, codeIds: [b.id], revision: 2 }],
    });
  });

  it('lets one of two through who merge crosswise at once, and loses no coding', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await make(`Cross A${round}`), await make(`Cross B${round}`)];
      const marks = [await mark([a.id]), await mark([b.id], annotator), await mark([a.id, b.id])];
      const answers = await Promise.all([
        call('code.merge', owner, here({ codeId: a.id }, { into: b.id })),
        call('code.merge', owner, here({ codeId: b.id }, { into: a.id })),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const left = (await codes()).filter(({ id }) => id === a.id || id === b.id);
      expect(left).toHaveLength(1);
      for (const { id } of marks) expect(await codesOf(id)).toEqual([left[0]?.id]);
    }
  });

  it('leaves no coding with a code that is gone, while others code with it at the same moment', async () => {
    const [a, b] = [await make('Race A'), await make('Race B')];
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, () =>
        call(
          'annotation.create',
          annotator,
          here(
            {},
            {
              sourceId,
              motivation: 'classifying',
              selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
              codeIds: [a.id],
            },
          ),
        ),
      ),
      call('code.merge', owner, here({ codeId: a.id }, { into: b.id })),
    ]);
    const stored = answers.slice(0, -1).filter(({ status }) => status === 201).length;
    expect(answers.at(-1)?.status).toBe(200);
    expect(answers.every(({ status }) => [200, 201, 400].includes(status))).toBe(true);
    expect(await passages(a.id)).toEqual([]);
    expect(await passages(b.id)).toHaveLength(stored);
  });

  it('is undone in the order it was done in, and leaves alone what people changed since', async () => {
    const [a, b, c] = [await make('Chain A'), await make('Chain B'), await make('Chain C')];
    const [kept, changed] = [await mark([a.id]), await mark([a.id], annotator)];
    await ask('code.merge', owner, here({ codeId: a.id }, { into: b.id }));
    await ask('code.merge', owner, here({ codeId: b.id }, { into: c.id }));
    expect(await refusal(await call('code.restore', owner, here({ codeId: a.id })))).toEqual([
      409,
      '“Chain B” was merged into “Chain C” meanwhile.',
    ]);
    await ask('code.restore', owner, here({ codeId: b.id }));
    await ask('annotation.update', annotator, here({ annotationId: changed.id }, { codeIds: [c.id] }));
    await ask('code.restore', owner, here({ codeId: a.id }));
    expect(await codesOf(kept.id)).toEqual([a.id]);
    expect(await codesOf(changed.id)).toEqual([c.id]);
  });

  it('refuses a code that stands below, itself, and a name that was taken meanwhile', async () => {
    const a = await make('Refused A');
    const b = await make('Refused B', { parentId: a.id });
    const merge = (id: string, into: string) => call('code.merge', owner, here({ codeId: id }, { into }));
    expect((await merge(a.id, b.id)).status).toBe(400);
    expect((await merge(a.id, a.id)).status).toBe(400);
    expect((await merge(b.id, a.id)).status).toBe(200);
    await make('refused b');
    expect((await call('code.restore', owner, here({ codeId: b.id }))).status).toBe(409);
  });
});

describe('Splitting a code', () => {
  it('gives the new code the chosen passages, and undoing it gives back what was, exactly', async () => {
    const code = await make('Split me', { definition: 'Wide' });
    const [one, two] = [await mark([code.id]), await mark([code.id], annotator)];
    await ask('code.update', owner, here({ codeId: code.id }, { definition: 'Wider' }));
    const before = await codings(one.id, two.id);
    const id = newId();
    const body = { id, name: 'Split off', definition: 'Narrow', annotationIds: [two.id, newId()] };
    const split = await ask<Changed>('code.split', owner, here({ codeId: code.id }, body));
    expect(split).toMatchObject({ moved: 1, items: [{ id, splitFrom: code.id, definition: 'Narrow' }] });
    expect(await ask<Changed>('code.split', owner, here({ codeId: code.id }, body))).toMatchObject({
      items: [{ id }],
    });
    expect([await codesOf(one.id), await codesOf(two.id)]).toEqual([[code.id], [id]]);
    expect(await passages(id, { outdated: 'true' })).toEqual([]);
    const since = await mark([id], owner, 'We found no records');
    await ask('code.unsplit', owner, here({ codeId: id }));
    expect(await codings(one.id, two.id)).toEqual(before);
    expect(await codesOf(since.id)).toEqual([code.id]);
    // Done again, with the same id.
    await ask('code.split', owner, here({ codeId: code.id }, body));
    expect(await codesOf(two.id)).toEqual([id]);
    expect((await call('code.unsplit', owner, here({ codeId: code.id }))).status).toBe(409);
  });
});

describe('A list of codes', () => {
  it('comes in whole or not at all, under what is there already', async () => {
    const old = await make('Listed before', { definition: 'Mine' });
    const list = [
      { name: 'listed BEFORE', definition: 'Theirs' },
      { name: 'Listed child', parent: 'Listed before', colour: 'lime' },
      { name: 'Listed grandchild', parent: 'LISTED CHILD' },
    ];
    const bring = (given: object[]) => call('code.import', owner, here({}, { codes: given }));
    expect(await refusal(await bring([...list, { name: 'Lost', parent: 'Nowhere' }]))).toEqual([
      400,
      'Code 4, “Lost”: its parent “Nowhere” is not above it in the list.',
    ]);
    expect((await codes()).some(({ name }) => name === 'Listed child')).toBe(false);
    const { items, reused } = (await (await bring(list)).json()) as { items: Code[]; reused: number };
    expect([items.length, reused]).toEqual([2, 1]);
    expect(await shape(old, ...items)).toEqual(['Listed before', '.Listed child', '..Listed grandchild']);
    expect((await codes()).find(({ id }) => id === old.id)).toEqual(old);
  });
});

describe('Passages and counts', () => {
  it('show each passage in its context, page after page, and count by source and person', async () => {
    const code = await make('Counted');
    const marks = [await mark([code.id]), await mark([code.id], annotator), await mark([code.id], annotator)];
    const page = (cursor?: string) =>
      ask<{ items: CodePassage[]; nextCursor: string | null }>(
        'code.passages',
        owner,
        here({ codeId: code.id }, undefined, { limit: 2, ...(cursor && { cursor }) }),
      );
    const first = await page();
    const second = await page(first.nextCursor ?? '');
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(marks.map(({ id }) => id));
    expect(first.items[0]).toMatchObject({
      before: 'The watchdog wrote ',
      exact: 'a draft report',
      sourceTitle: 'A draft report',
    });
    expect(second.nextCursor).toBe(null);
    const { items } = await ask<{ items: object[] }>(
      'code.counts',
      owner,
      here({}, undefined, { code: code.id }),
    );
    const counted = { codeId: code.id, sourceId, outdated: 0 };
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({ ...counted, creatorId: owner.userId, count: 1 });
    expect(items).toContainEqual({ ...counted, creatorId: annotator.userId, count: 2 });
    await ask('annotation.delete', owner, here({ annotationId: marks[0]?.id }));
    expect(await passages(code.id)).toHaveLength(2);
  });
});
