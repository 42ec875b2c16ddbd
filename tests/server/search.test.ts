import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { saveNoteRest } from '@/db/notes';
import { noteKeyOf } from '@/lib/access/note-key';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { Found, SearchAnswer } from '@/lib/search/found';
import {
  createAnnotation,
  deleteAnnotation,
  restoreAnnotation,
  updateAnnotation,
} from '@/server/annotations';
import { createClaim } from '@/server/claims/create-claim';
import { deleteClaim, updateClaim } from '@/server/claims/update-claim';
import { createCode, deleteCode, updateCode } from '@/server/codebook';
import { createNote, deleteNote } from '@/server/notes';
import { deleteSource, storeSource, updateSource } from '@/server/sources';
import { makeSourceVersion } from '@/server/sources/make-version';
import { createThread, updateThread } from '@/server/threads';
import { createComment } from '@/server/threads/comments';
import { addPerson, addProject, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';

let projectId: string;

async function find(q: string, person: Person = owner, query: object = {}): Promise<SearchAnswer> {
  return ask<SearchAnswer>('search', person, { params: { projectId }, query: { q, ...query } });
}
const found = async (q: string) => (await find(q)).items.map(({ id }) => id);
const shown = ({ excerpt: { text, matches } }: Found) =>
  matches.map(({ start, end }) => text.slice(start, end));
const mine = () => grantOf(owner, projectId);

async function source(text: string, language: string | null = 'en', title = 'A source') {
  const about = { byline: null, siteName: null, publishedAt: null, canonicalUrl: null, url: null };
  return storeSource(mine(), { title, language, html: `<p>${text}</p>`, text, ...about });
}

async function mark(sourceId: string, exact: string, more: object = {}, person = owner) {
  return createAnnotation(grantOf(person, projectId), {
    sourceId,
    motivation: 'highlighting',
    selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
    codeIds: [],
    ...more,
  });
}

beforeAll(async () => {
  projectId = await addProject(database, owner, { annotator });
});

describe('Words', () => {
  it('are found in any form of the source’s language, accents and case forgiven', async () => {
    const english = await source('The ministers were resigning quickly.');
    const german = await source('Die Behörden veröffentlichten Größenangaben.', 'de');
    const french = await source('Les régions françaises protestaient.', 'fr-FR');
    expect(await found('minister resigned')).toEqual([english.id]);
    expect(await found('behorde')).toEqual([german.id]);
    expect(await found('BEHÖRDEN')).toEqual([german.id]);
    expect(await found('region francaise')).toEqual([french.id]);
  });

  it('too common to be kept stand in nobody’s way, and alone find nothing', async () => {
    const { id } = await source('The harbour was closed.');
    expect(await found('the harbour')).toEqual([id]);
    expect(await found('"the harbour was closed"')).toEqual([id]);
    expect(await find('was')).toMatchObject({ items: [], total: 0 });
  });

  it('can be wanted together, in order, either way, or not at all', async () => {
    const [one, two] = [await source('Copper mining'), await source('Mining of copper and zinc')];
    expect(await found('"copper mining"')).toEqual([one.id]);
    expect((await found('copper mining')).sort()).toEqual([one.id, two.id].sort());
    expect(await found('copper -zinc')).toEqual([one.id]);
    expect((await found('(zinc OR "copper mining") kind:source')).sort()).toEqual([one.id, two.id].sort());
    expect(await found('copp* NOT zinc')).toEqual([one.id]);
  });

  it('that are misspelt find what is spelt much like them, and that is said', async () => {
    const { id } = await source('The parliamentary commissioner spoke.');
    const { items } = await find('parlamentary comissioner');
    expect(items.map((item) => [item.id, item.fuzzy])).toEqual([[id, true]]);
    expect(shown(items[0] as Found)).toEqual(['parliamentary', 'commissioner']);
    expect((await find('parliamentary')).items).toMatchObject([{ id, fuzzy: false }]);
    expect(await found('parlamentary -commissioner')).toEqual([]);
  });

  it('are shown where they stand', async () => {
    await source(
      `${'Nothing of note here. '.repeat(60)}A turbine failed in Ostrava. ${'And so on. '.repeat(60)}`,
    );
    const [item] = (await find('turbines ostrava')).items;
    expect(item?.excerpt.text).toContain('A turbine failed in Ostrava.');
    expect(shown(item as Found)).toEqual(['turbine', 'Ostrava']);
  });

  it('in a title weigh more, and among equals the newer comes first', async () => {
    const [old, titled, young] = [
      await source('A windmill turns.', 'en', 'First'),
      await source('It turns.', 'en', 'Windmill'),
      await source('A windmill turns.', 'en', 'Other'),
    ];
    expect(await found('windmill')).toEqual([titled.id, young.id, old.id]);
  });
});

describe('A mark', () => {
  it('is found by its passage, what was said about it, who spoke, and its codes, each as it is now', async () => {
    const { id: sourceId } = await source('“Nobody saw the ledger,” the auditor said.');
    const code = await createCode(mine(), { name: 'Evasive answer', definition: '' });
    const { id } = await mark(sourceId, 'Nobody saw the ledger', {
      motivation: 'quoting',
      body: { type: 'TextualBody', value: 'Compare the testimony of Tuesday' },
      quote: { ...EMPTY_QUOTE, speaker: 'Inge Özdemir' },
      codeIds: [code.id],
    });
    for (const q of [
      'ledger kind:quote',
      'testimony',
      'ozdemir',
      'speaker:"inge ozdemir"',
      'evasive',
      'code:evasive',
    ]) {
      expect(await found(q), q).toEqual([id]);
    }
    expect(await found('speaker:ledger')).toEqual([]);
    expect(await found('ledger -code:"Evasive answer" kind:annotation')).toEqual([]);
    expect((await find('testimony')).items[0]).toMatchObject({
      kind: 'quote',
      sourceId,
      annotationId: id,
      noteId: null,
      title: 'A source',
      by: { id: owner.userId },
      excerpt: { text: 'Compare the testimony of Tuesday' },
    });
    await updateCode(mine(), code.id, { name: 'Silence' }, null);
    expect(await found('evasive')).toEqual([]);
    expect(await found('silence')).toEqual([id]);
    await updateAnnotation(mine(), id, { motivation: 'highlighting', codeIds: [], body: null }, null);
    expect(await found('silence OR testimony OR ozdemir')).toEqual([]);
    expect((await find('ledger kind:annotation')).items).toMatchObject([{ id, kind: 'annotation' }]);
    await deleteCode(mine(), code.id, null);
    expect((await find('code:Silence')).problems).toMatchObject([{ start: 0, end: 12 }]);
  });

  it('that is deleted is not found nor counted, nor what hangs on it; restored, both are', async () => {
    const { id: sourceId } = await source('The lighthouse keeper left.');
    const { id } = await mark(sourceId, 'lighthouse keeper');
    const thread = await createThread(mine(), { annotationId: id, text: 'Which lighthouse?' });
    const everything = [id, sourceId, thread.id].sort();
    expect((await found('lighthouse')).sort()).toEqual(everything);
    await deleteAnnotation(mine(), id, null);
    expect(await find('lighthouse')).toMatchObject({ items: [{ id: sourceId }], total: 1 });
    await restoreAnnotation(mine(), id);
    expect((await found('lighthouse')).sort()).toEqual(everything);
  });
});

describe('A source', () => {
  it('is found in its current version and title only, and not when it is deleted', async () => {
    const made = await source('The glacier retreats.', 'en', 'Old heading');
    const { id: markId } = await mark(made.id, 'glacier');
    await makeSourceVersion(mine(), made.id, { text: 'The permafrost thaws, the glacier melts.' });
    await updateSource(mine(), made.id, { title: 'New headline' }, null);
    expect(await found('retreats')).toEqual([]);
    expect(await found('permafrost')).toEqual([made.id]);
    expect(await found('heading')).toEqual([]);
    expect(await found('headline')).toEqual([made.id]);
    await deleteSource(mine(), made.id, null);
    expect(await found('glacier')).toEqual([]);
    expect(await found('glacier kind:annotation')).not.toContain(markId);
  });
});

describe('Notes and threads', () => {
  it('of a note its text at rest is found, until it is deleted', async () => {
    const { id } = await createNote(mine(), { title: 'Timeline of events' });
    const key = noteKeyOf(mine(), id);
    await saveNoteRest(database.db, key, id, { text: 'The ferry departed at noon.', annotationIds: [] });
    expect((await find('ferry')).items).toMatchObject([
      { kind: 'note', id, noteId: id, title: 'Timeline of events' },
    ]);
    expect(await found('timeline')).toEqual([id]);
    await deleteNote(mine(), id, null);
    expect(await found('ferry OR timeline')).toEqual([]);
  });

  it('a thread is found by what it begins with, a reply by itself, both by whether it is resolved', async () => {
    const { id: sourceId } = await source('Some words.');
    const { id: annotationId } = await mark(sourceId, 'words');
    const thread = await createThread(mine(), { annotationId, text: 'Is the orchard real?' });
    const reply = await createComment(grantOf(annotator, projectId), thread.id, {
      text: 'An orchard it is.',
    });
    const { items } = await find('orchard', annotator);
    expect(items.map(({ kind, id, threadId }) => [kind, id, threadId]).sort()).toEqual([
      ['comment', reply.id, thread.id],
      ['thread', thread.id, thread.id],
    ]);
    expect(await found('orchard kind:thread')).toEqual([thread.id]);
    expect(await found('orchard by:annot')).toEqual([reply.id]);
    expect(await found('orchard by:me')).toEqual([thread.id]);
    expect(await found('orchard status:resolved')).toEqual([]);
    await updateThread(mine(), thread.id, { resolved: true });
    expect(await found('orchard status:resolved')).toHaveLength(2);
    expect(await found('orchard status:open')).toEqual([]);
  });
});

describe('Fields', () => {
  it('narrow by source, day and the state of a mark’s place', async () => {
    const made = await source('A caravan passes. Another caravan stays.', 'en', 'Caravans of the Sahel');
    const other = await source('No caravan here.', 'en', 'Elsewhere');
    const { id } = await mark(made.id, 'A caravan passes.');
    expect((await found('caravan source:sahel')).sort()).toEqual([made.id, id].sort());
    expect(await found('caravan -in:"caravans of the sahel"')).toEqual([other.id]);
    expect(await found('caravan before:2020-01-01')).toEqual([]);
    expect(await found('caravan after:2020-01-01')).toHaveLength(3);
    expect(await found('caravan (before:2020-01-01 OR kind:annotation)')).toEqual([id]);
    expect(await found('caravan status:settled')).toEqual([id]);
    await makeSourceVersion(mine(), made.id, { text: 'Nothing passes. Another caravan stays.' });
    expect(await found('source:sahel status:waiting')).toEqual([id]);
    expect(await found('source:sahel status:settled')).toEqual([]);
  });

  it('that say nothing sensible are words, and the answer says what to do', async () => {
    const { id } = await source('The speeker system hums.');
    const { items, problems } = await find('hums sort:new');
    expect(items).toEqual([]);
    expect(problems).toMatchObject([{ start: 5, end: 13 }]);
    expect(await found('hums')).toEqual([id]);
    expect((await find('by:nobody-at-all')).problems).toMatchObject([{ start: 0, end: 16 }]);
    expect(await find('  ')).toEqual({ items: [], nextCursor: null, total: 0, problems: [] });
  });

  it('take any text whatever', async () => {
    for (const q of [
      `it's`,
      `a\\b`,
      `'`,
      `x & !y | (z <-> w:*)`,
      '-',
      '"',
      '👩‍🚀',
      `%_%`,
      `code:'`,
      '😀* ',
      `:`,
      `a:b:c`,
    ]) {
      expect((await call('search', owner, { params: { projectId }, query: { q } })).status, q).toBe(200);
    }
  });
});

describe('A claim', () => {
  it('is found by its wording, tags, status and sources, until it is deleted', async () => {
    const { id: sourceId } = await source('The dam holds.', 'en', 'Dams of the north');
    const { id: annotationId } = await mark(sourceId, 'The dam holds');
    const { id } = await createClaim(mine(), {
      wording: 'The inspectors trusted the spillway.',
      tags: ['hydrology'],
      evidence: [{ annotationId, stance: 'supports' }],
    });
    for (const q of [
      'inspector spillway',
      'hydrology',
      'spillway status:unverified',
      'kind:claim in:"dams of"',
    ]) {
      expect(await found(q), q).toEqual([id]);
    }
    expect((await find('spillway')).items).toMatchObject([
      {
        kind: 'claim',
        title: 'The inspectors trusted the spillway.',
        sourceId: null,
        by: { id: owner.userId },
      },
    ]);
    await updateClaim(
      mine(),
      id,
      { wording: 'The inspectors trusted the dam.', status: 'Disputed'.toLowerCase() },
      null,
    );
    expect(await found('spillway')).toEqual([]);
    expect(await found('status:disputed')).toEqual([id]);
    expect((await find('status:unheard-of')).problems).toMatchObject([{ start: 0, end: 17 }]);
    await deleteClaim(mine(), id, null);
    expect(await found('inspectors')).toEqual([]);
  });
});

describe('Another project', () => {
  it('is neither found in nor counted, even by who is in both, and its words correct nothing', async () => {
    await source('The zeppelin landed.');
    const here = projectId;
    projectId = await addProject(database, owner);
    try {
      expect(await find('zeppelin')).toMatchObject({ items: [], total: 0 });
      expect(await find('zepelin')).toMatchObject({ items: [], total: 0 });
    } finally {
      projectId = here;
    }
  });
});

describe('What a viewer may not see', () => {
  it('is neither found nor counted, nor what hangs on it, though its words are there', async () => {
    const { id: sourceId } = await source('Nothing.');
    const { id } = await mark(sourceId, 'Nothing.', {
      body: { type: 'TextualBody', value: 'The chandelier fell' },
    });
    await createThread(mine(), { annotationId: id, text: 'Which chandelier?' });
    expect(await find('chandelier')).toMatchObject({ total: 2 });
    // All that hides a mark from a member today is that it is another project's: as if a row had strayed.
    const strayed = await addProject(database, owner);
    const { id: elsewhere } = await storeSource(grantOf(owner, strayed), {
      ...{ title: 'Other', language: 'en', html: '<p>Nothing.</p>', text: 'Nothing.', url: null },
      ...{ byline: null, siteName: null, publishedAt: null, canonicalUrl: null },
    });
    const hidden = await createAnnotation(grantOf(owner, strayed), {
      sourceId: elsewhere,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: 'Nothing.', prefix: '', suffix: '' }],
      codeIds: [],
    });
    await database.db.$client.query(
      'update search_documents set annotation_id = $1 where annotation_id = $2',
      [hidden.id, id],
    );
    expect(await find('chandelier')).toMatchObject({ items: [], total: 0 });
  });
});

describe('Pages', () => {
  it('show each thing once, in one order, whatever is added meanwhile', async () => {
    const { id: sourceId } = await source('Quarry quarry quarry.');
    for (let at = 0; at < 7; at += 1) {
      await mark(sourceId, 'Quarry', {
        body: { type: 'TextualBody', value: `Quarry ${'quarry '.repeat(at % 3)}` },
      });
    }
    const all = (await find('quarry')).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: SearchAnswer = await find('quarry', owner, { limit: 3, ...(cursor && { cursor }) });
      expect(page.total).toBe(8);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await mark(sourceId, 'Quarry');
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it('refuse a cursor that was made up', async () => {
    const made = await call('search', owner, {
      params: { projectId },
      query: { q: 'a', cursor: 'nonsense' },
    });
    expect(made.status).toBe(400);
  });

  it('go on beyond what is counted', async () => {
    const { id: sourceId } = await source('Basalt.');
    await database.db.$client.query(
      `insert into annotations (id, project_id, source_id, version, creator_id, motivation, start, "end", exact, prefix, suffix)
       select ('0190000' || to_char(n, 'FM00000') || '-0000-7000-8000-000000000000')::uuid,
         $1, $2, 1, $3, 'highlighting', 0, 6, 'Basalt', '', '' from generate_series(1, 1203) n`.replace(
        "('0190000' || to_char(n, 'FM00000') || '-0000",
        "('0190' || lpad(n::text, 4, '0') || '-0000",
      ),
      [projectId, sourceId, owner.userId],
    );
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page: SearchAnswer = await find('basalt', owner, { limit: 100, ...(cursor && { cursor }) });
      expect(page.total).toBe(null);
      for (const { id } of page.items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.size).toBe(1204);
  });
});

describe('Who is new', () => {
  it('finds what everybody finds', async () => {
    const reader = await addPerson(database, 'Reader');
    await insertMember(database.db, { projectId }, reader.userId, 'reader');
    expect((await find('caravan', reader)).total).toBe((await find('caravan')).total);
  });
});
