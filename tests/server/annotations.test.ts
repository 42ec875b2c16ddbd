import '@/tests/support/test-environment';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Event } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import { fingerprintOf } from '@/tests/support/fingerprint';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  type Call,
  call,
  grantOf,
  subjectIdOf,
  TEXT,
} from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';

type List = { items: Annotation[]; nextCursor: string | null };
const quote = (exact: string, prefix = '', suffix = '') => ({
  type: 'TextQuoteSelector',
  exact,
  prefix,
  suffix,
});
const position = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });
const highlight = (selector: unknown[] = [quote('a draft report')]) => ({
  sourceId,
  motivation: 'highlighting',
  selector,
});
const here = (given: Omit<Call, 'params'> = {}, annotationId?: string): Call => ({
  ...given,
  params: { projectId, ...(annotationId && { annotationId }) },
});
const make = (body: object, by = owner) => ask<Annotation>('annotation.create', by, here({ body }));
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error;

describe('Marking a passage', () => {
  it('finds a quote that stands once, and keeps where it stands and what stands around it', async () => {
    const made = await make(highlight([quote('the auditor said')]));
    const start = TEXT.indexOf('the auditor said');
    const [at, said] = made.selector;
    expect(at).toEqual(position(start, start + 16));
    expect(TEXT).toContain(`${said.prefix}the auditor said${said.suffix}`);
    expect(made.creator).toEqual({ id: owner.userId, name: owner.name });
    expect(made.revision).toBe(1);
  });

  it('tells a quote that stands twice by its context', async () => {
    const second = TEXT.lastIndexOf('The watchdog');
    const made = await make(highlight([quote('The watchdog', '', ' will publish')]));
    expect(made.selector[0].start).toBe(second);
  });

  it.each<[string, unknown[]]>([
    ['words that are not there', [quote('a final report')]],
    ['words that stand twice, without context', [quote('The watchdog')]],
    ['a position alone', [position(0, 3)]],
    ['a position that says something else', [position(1, 15), quote('a draft report')]],
    ['a position outside the text', [position(0, 100_000), quote('a draft report')]],
    ['a position turned round', [position(9, 3), quote('a draft report')]],
    ['no selector', []],
    ['words of nothing', [quote('')]],
    ['a selector of another kind', [{ type: 'XPathSelector', value: '/p[1]' }]],
  ])('refuses %s with 400 and stores nothing', async (_, selector) => {
    const before = await fingerprintOf(database);
    const response = await call('annotation.create', owner, here({ body: highlight(selector) }));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).code).toBe('invalid');
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('refuses every position whose words are others, and takes every one whose words fit', async () => {
    const text = 'A “naïve” café 👩‍💻 said 測試 — and “naïve” again.';
    const { id } = await addSource(grantOf(owner, projectId), text);
    const offset = fc.integer({ min: 0, max: text.length });
    await fc.assert(
      fc.asyncProperty(offset, offset, fc.integer({ min: -2, max: 2 }), async (a, b, shift) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const exact = text.slice(start + shift, end + shift);
        fc.pre(exact.length > 0 && start + shift >= 0);
        const body = { ...highlight([position(start, end), quote(exact)]), sourceId: id };
        const response = await call('annotation.create', owner, here({ body }));
        const splits = (at: number) => /^[\uDC00-\uDFFF]/.test(text.slice(at)) && at > 0;
        const right = text.slice(start, end) === exact && !splits(start) && !splits(end);
        expect(response.status).toBe(right ? 201 : 400);
      }),
      { seed: 20_261, numRuns: 60 },
    );
  });

  it('asks a comment for words and a coding for a code that exists', async () => {
    const refused = [
      { ...highlight(), motivation: 'commenting' },
      { ...highlight(), motivation: 'classifying' },
      { ...highlight(), codeIds: [newId()] },
    ];
    const before = await fingerprintOf(database);
    for (const body of refused) {
      expect((await call('annotation.create', owner, here({ body }))).status).toBe(400);
    }
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('twice with the same id answers the same and happens once, even at once', async () => {
    const id = newId();
    const body = { ...highlight(), id };
    const answers = await Promise.all(Array.from({ length: 6 }, () => make(body)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await make({ ...body, motivation: 'claiming' })).toEqual(answers[0]);
    const { items } = await ask<{ items: Event[] }>('event.list', owner, here({ query: { limit: 500 } }));
    expect(items.filter((event) => subjectIdOf(event) === id)).toHaveLength(1);
  });

  it('with an id that another project has is a conflict, and changes neither', async () => {
    const stranger = await addPerson(database, 'Stranger');
    const theirs = await addProject(database, stranger);
    const source = await addSource(grantOf(stranger, theirs));
    const { id } = await make(highlight());
    const before = await fingerprintOf(database);
    const response = await call('annotation.create', stranger, {
      params: { projectId: theirs },
      body: { ...highlight(), sourceId: source.id, id },
    });
    expect(response.status).toBe(409);
    expect(await fingerprintOf(database)).toBe(before);
  });
});

describe('Changing an annotation', () => {
  it('counts its revisions, and refuses a change that was made to an older one', async () => {
    const { id } = await make(highlight());
    const first = await call('annotation.get', owner, here({}, id));
    expect(first.headers.get('etag')).toBe('"1"');
    const headers = { 'if-match': '"1"' };
    const body = { motivation: 'claiming' };
    expect((await call('annotation.update', owner, here({ body, headers }, id))).headers.get('etag')).toBe(
      '"2"',
    );
    const before = await fingerprintOf(database);
    const late = await call('annotation.update', annotator, here({ body, headers }, id));
    expect(late.status).toBe(403);
    const stale = await call('annotation.update', owner, here({ body, headers }, id));
    expect(stale.status).toBe(409);
    expect((await errorOf(stale)).code).toBe('conflict');
    expect((await call('annotation.delete', owner, here({ headers }, id))).status).toBe(409);
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('lets one of many through who change the same revision at once', async () => {
    const { id } = await make(highlight());
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, nth) =>
        call('annotation.update', owner, {
          ...here({ headers: { 'if-match': '"1"' } }, id),
          body: { motivation: 'commenting', body: { type: 'TextualBody', value: `Version ${nth}` } },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it.each(['1', 'x', '"x"', '"-1"'])('refuses an If-Match that is no ETag: %s', async (value) => {
    const { id } = await make(highlight());
    const response = await call('annotation.update', owner, {
      ...here({ headers: { 'if-match': value } }, id),
      body: { motivation: 'claiming' },
    });
    expect(response.status).toBe(400);
  });

  it('moves it only to words that the text says there', async () => {
    const { id } = await make(highlight());
    const wrong = await call(
      'annotation.update',
      owner,
      here({ body: { selector: [quote('nowhere')] } }, id),
    );
    expect(wrong.status).toBe(400);
    const moved = await ask<Annotation>(
      'annotation.update',
      owner,
      here({ body: { selector: [quote('the auditor said')] } }, id),
    );
    expect(moved.selector[1].exact).toBe('the auditor said');
  });

  it('deletes so that it can be restored; a deleted one is in no list and takes no change', async () => {
    const { id } = await make(highlight(), annotator);
    const deleted = await ask<Annotation>('annotation.delete', annotator, here({}, id));
    expect(deleted.deleted).not.toBe(null);
    expect(await ask('annotation.delete', annotator, here({}, id))).toEqual(deleted);
    const listed = await ask<List>('annotation.list', owner, here({ query: { creator: annotator.userId } }));
    expect(listed.items.some((one) => one.id === id)).toBe(false);
    const change = await call('annotation.update', annotator, here({ body: { motivation: 'claiming' } }, id));
    expect(change.status).toBe(409);
    const restored = await ask<Annotation>('annotation.restore', annotator, here({}, id));
    expect(restored).toMatchObject({ deleted: null, revision: 3 });
    const types = (await ask<{ items: Event[] }>('event.list', owner, here({ query: { limit: 500 } }))).items
      .filter((event) => subjectIdOf(event) === id)
      .map(({ happening }) => happening.type);
    expect(types).toEqual(['annotation.created', 'annotation.deleted', 'annotation.restored']);
  });
});

describe('Listing annotations', () => {
  it('filters by source, code, person, motivation and words, letter for letter', async () => {
    const project = await addProject(database, owner, { annotator });
    const grant = grantOf(owner, project);
    const [one, other] = [await addSource(grant), await addSource(grant)];
    const inside = (given: Omit<Call, 'params'> = {}): Call => ({ ...given, params: { projectId: project } });
    const code = await ask<{ id: string }>('code.create', owner, inside({ body: { name: 'Denial' } }));
    const mark = (body: object, by = owner) =>
      ask<Annotation>(
        'annotation.create',
        by,
        inside({ body: { ...highlight(), sourceId: one.id, ...body } }),
      );
    const plain = await mark({});
    const coded = await mark({ motivation: 'classifying', codeIds: [code.id] });
    const said = await mark({ motivation: 'quoting', quote: { speaker: 'O’Neil 100%' } }, annotator);
    const noted = await mark({
      sourceId: other.id,
      motivation: 'commenting',
      body: { type: 'TextualBody', value: 'under_score' },
    });
    const find = async (query: Record<string, string>) =>
      (await ask<List>('annotation.list', owner, inside({ query }))).items.map(({ id }) => id);
    expect(await find({})).toEqual([plain.id, coded.id, said.id, noted.id]);
    expect(await find({ source: other.id })).toEqual([noted.id]);
    expect(await find({ code: code.id })).toEqual([coded.id]);
    expect(await find({ creator: annotator.userId })).toEqual([said.id]);
    expect(await find({ motivation: 'commenting' })).toEqual([noted.id]);
    expect(await find({ q: 'DRAFT' })).toHaveLength(4);
    expect(await find({ q: '100%' })).toEqual([said.id]);
    expect(await find({ q: '%' })).toEqual([said.id]);
    expect(await find({ q: '_' })).toEqual([noted.id]);
    expect(await find({ q: '\\' })).toEqual([]);
    expect((await call('annotation.list', owner, inside({ query: { motivation: 'shouting' } }))).status).toBe(
      400,
    );
  });

  it('page by page misses nothing and repeats nothing, whatever the size', async () => {
    const project = await addProject(database, owner);
    const source = await addSource(grantOf(owner, project));
    const params = { projectId: project };
    const made: string[] = [];
    for (let nth = 0; nth < 23; nth++) {
      const body = { ...highlight(), sourceId: source.id };
      made.push((await ask<Annotation>('annotation.create', owner, { params, body })).id);
    }
    for (const limit of [1, 4, 22, 23, 24, 500]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const query: Record<string, string | number> = { limit, ...(cursor && { cursor }) };
        const page: List = await ask<List>('annotation.list', owner, { params, query });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(made);
    }
  });

  it.each(['0', '501', 'x', '1.5'])('refuses a limit of %s', async (limit) => {
    expect((await call('annotation.list', owner, here({ query: { limit } }))).status).toBe(400);
  });

  it('answers a cursor that is none with 400', async () => {
    expect((await call('annotation.list', owner, here({ query: { cursor: 'x' } }))).status).toBe(400);
  });
});
