import '@/tests/support/test-environment';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { insertMember } from '@/db/members';
import type { Annotation } from '@/lib/annotations/annotation';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/exchange/formats';
import { readGloss } from '@/lib/exchange/gloss-read';
import { Losses } from '@/lib/exchange/losses';
import { LOOK_AGAIN_MS } from '@/server/access/while-allowed';
import { createCode } from '@/server/codebook';
import { exportProject } from '@/server/exchange/export';
import { exportToFile } from '@/server/exchange/export-file';
import { removeMember, updateMember } from '@/server/members';
import { lettersOf } from '@/tests/support/exchange-records';
import { addPerson, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';

const params = (format: string) => ({ params: { projectId, format } });
const mark = (exact: string, given: object = {}) =>
  ask<Annotation>('annotation.create', owner, {
    params: { projectId },
    body: {
      sourceId,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact }],
      ...given,
    },
  });

async function download(format: ExportFormat, person = owner): Promise<Uint8Array> {
  const response = await call('export.download', person, params(format));
  expect(response.status, format).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Connections that an export holds. */
async function held(): Promise<unknown> {
  const { rows } = await database.db.execute(
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
  );
  return rows[0]?.count;
}

describe('An export', () => {
  it('holds what its asker sees, in each format, and the one of ours holds it place for place', async () => {
    const code = await createCode(grantOf(owner, projectId), {
      name: 'Denial',
      definition: 'What is denied',
    });
    const coded = await mark('The ministry denied it', { motivation: 'classifying', codeIds: [code.id] });
    for (const format of EXPORT_FORMATS)
      expect((await download(format)).byteLength, format).toBeGreaterThan(1);
    const coming = readGloss(lettersOf(await download('gloss')), new Losses());
    expect(coming.annotations).toContainEqual(
      expect.objectContaining({ key: coded.id, exact: 'The ministry denied it', codes: [code.id] }),
    );
    expect(coming.codes).toEqual([expect.objectContaining({ key: code.id, definition: 'What is denied' })]);
    expect(lettersOf(await download('qdpx'))).toContain('startPosition="');
  });

  it('names a protected speaker by their pseudonym in every format, whoever asks', async () => {
    const quoted = await mark('We found no records', {
      motivation: 'quoting',
      quote: { speaker: 'Zenobia Quill', written: 'Ms. Quill' },
    });
    const speakerId = quoted.quote?.speakerId ?? '';
    await ask('speaker.protect', owner, {
      params: { projectId, speakerId },
      body: { pseudonym: 'Source Heron' },
    });
    for (const person of [owner, annotator])
      for (const format of EXPORT_FORMATS) {
        const letters = lettersOf(await download(format, person));
        expect(letters, format).not.toContain('Quill');
      }
    expect(lettersOf(await download('csv'))).toContain('Source Heron');
  });

  it('says before what it will leave out, counted and with examples, and how large it will be', async () => {
    await mark('a draft report', { motivation: 'quoting', quote: {} });
    const preview = await ask<{
      bytes: number;
      losses: { what: string; count: number; examples: string[] }[];
    }>('export.losses', owner, params('qdpx'));
    const quotes = preview.losses.find(({ what }) => what === 'Who is quoted, and how');
    expect(quotes).toMatchObject({ count: 2, examples: ['We found no records', 'a draft report'] });
    expect(Math.abs((await download('qdpx')).byteLength - preview.bytes)).toBeLessThan(64);
  });

  it('of a format that there is not is refused in words', async () => {
    const response = await call('export.download', owner, params('odt'));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Choose one of: gloss, qdpx');
  });

  it('is as of one moment, and gives its connection back when it is left half way', async () => {
    // The size of a whole piece, so that the rest is still to come after the first.
    for (let nth = 0; nth < 120; nth += 1)
      await mark('The watchdog wrote', { body: { type: 'TextualBody', value: `${nth} ${'x'.repeat(600)}` } });
    const wish = { format: 'gloss', profile: 'standard' } as const;
    const pieces = exportProject(grantOf(owner, projectId), wish);
    await pieces.next();
    const late = await mark('in May');
    expect(await held()).toBe(1);
    let rest = '';
    for await (const piece of pieces) rest += new TextDecoder().decode(piece);
    expect(rest).not.toContain(late.id);
    const response = await call('export.download', owner, params('gloss'));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(async () => expect(await held()).toBe(0));
  });

  it.each([
    [
      'their membership ends',
      async (person: Person) => removeMember(grantOf(owner, projectId), { userId: person.userId }),
    ],
    [
      'their role changes',
      async ({ userId }: Person) => updateMember(grantOf(owner, projectId), { userId, role: 'reader' }),
    ],
  ] as const)('stops half way when %s', async (_, end) => {
    const person = await addPerson(database, 'Leaving');
    await insertMember(database.db, { projectId }, person.userId, 'annotator');
    const response = await call('export.download', person, params('gloss'));
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    await reader.read();
    await end(person);
    // It looks again after a second, whatever is left to send.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + LOOK_AGAIN_MS);
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow('Your access to this project ended');
    vi.restoreAllMocks();
    await vi.waitFor(async () => expect(await held()).toBe(0));
  });

  it('is written by the command line as a whole file or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gloss-export-'));
    const file = join(folder, 'out.bib');
    const { bytes, losses } = await exportToFile(projectId, 'bibtex', file);
    expect((await readFile(file)).byteLength).toBe(bytes);
    expect(losses.map(({ what }) => what)).toContain('Marks');
    await expect(exportToFile(projectId, 'odt', join(folder, 'x'))).rejects.toThrow('no such format');
    await expect(exportToFile(sourceId, 'bibtex', join(folder, 'x'))).rejects.toThrow('no project');
    await expect(exportToFile(projectId, 'bibtex', join(folder, 'x'), 'nobody@example.org')).rejects.toThrow(
      'no member',
    );
    expect(await readdir(folder)).toEqual(['out.bib']);
  });
});
