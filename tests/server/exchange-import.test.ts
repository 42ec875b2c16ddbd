import '@/tests/support/test-environment';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { ExportFormat } from '@/lib/exchange/formats';
import type { ImportReport } from '@/lib/exchange/import-report';
import { Losses } from '@/lib/exchange/losses';
import { writeExport } from '@/lib/exchange/write';
import type { Source } from '@/lib/sources/source';
import { bytesOf, reading, smallProject } from '@/tests/support/exchange-records';
import { addPage, addProject, ask, grantOf, handlerOf, headersOf, ORIGIN } from '@/tests/support/instance';
import { database, owner } from '@/tests/support/one-project';

async function send(projectId: string, bytes: Uint8Array, dryRun = false): Promise<Response> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], 'given'));
  const url = `${ORIGIN}/api/projects/${projectId}/imports?dryRun=${dryRun}`;
  const request = new Request(url, { method: 'POST', body: form, headers: headersOf(owner) });
  return (await handlerOf('import.create'))(request, { params: Promise.resolve({ projectId }) });
}
async function bring(projectId: string, bytes: Uint8Array, dryRun = false): Promise<ImportReport> {
  const response = await send(projectId, bytes, dryRun);
  const said = (await response.json()) as ImportReport;
  expect(response.status, JSON.stringify(said)).toBe(200);
  return said;
}
const written = (format: ExportFormat) =>
  bytesOf(
    writeExport(format, reading(smallProject()), new Losses(), {
      profile: 'standard',
      made: '2026-03-01T10:00:00.000Z',
    }),
  );
const all = async <T>(
  operation: 'annotation.list' | 'source.list' | 'code.list' | 'claim.list',
  projectId: string,
) => (await ask<{ items: T[] }>(operation, owner, { params: { projectId } })).items;
const countsOf = (report: ImportReport) =>
  Object.fromEntries(report.items.map(({ what, added, there }) => [what, [added, there]]));

describe('A file that is brought in', () => {
  it.each<ExportFormat>(['gloss', 'qdpx'])(
    'as %s comes whole, and a second time nothing comes twice; a dry run stores nothing',
    async (format) => {
      const projectId = await addProject(database, owner);
      const bytes = await written(format);
      const claims = format === 'gloss' ? 1 : 0;
      // QDPX has a claim as a note.
      const notes = format === 'gloss' ? 1 : 2;
      const first = {
        ...{ Codes: [2, 0], Sources: [1, 0], Marks: [2, 0], Claims: [claims, 0], Notes: [notes, 0] },
      };
      expect(countsOf(await bring(projectId, bytes, true))).toEqual(first);
      expect(await all<Source>('source.list', projectId)).toEqual([]);
      expect(countsOf(await bring(projectId, bytes))).toEqual(first);
      const again = { Codes: [0, 2], Sources: [0, 1], Marks: [0, 2], Claims: [0, claims], Notes: [0, notes] };
      expect(countsOf(await bring(projectId, bytes))).toEqual(again);
      const marks = await all<Annotation>('annotation.list', projectId);
      expect(marks.map(({ selector }) => selector[1].exact.trim()).sort()).toEqual([
        'The mayor denied it',
        'was',
      ]);
      const codes = await all<Code>('code.list', projectId);
      expect(codes.map(({ name }) => name).sort()).toEqual(['@sum', 'Denial & <doubt>']);
      expect(codes.find(({ name }) => name === '@sum')?.parentId).toBe(
        codes.find(({ name }) => name !== '@sum')?.id,
      );
      if (format !== 'gloss') return;
      const [claim] = await all<Claim>('claim.list', projectId);
      expect(claim).toMatchObject({ wording: 'The mayor was there', evidence: [{ stance: 'disputes' }] });
      expect(marks.find(({ motivation }) => motivation === 'quoting')?.quote?.speaker).toBe('＝Mayor');
    },
  );

  it('from Hypothesis or as W3C annotations finds the pages that are here, and says which are not', async () => {
    const projectId = await addProject(database, owner);
    await addPage(grantOf(owner, projectId), 'https://example.org/article');
    const row = (id: string, uri: string, exact: string) => ({
      ...{ id, uri, text: 'Look', tags: ['Doubt'] },
      target: [{ source: uri, selector: [{ type: 'TextQuoteSelector', exact }] }],
    });
    const rows = [
      row('a', 'https://example.org/article/', 'The ministry denied it'),
      row('b', 'https://example.org/article', 'words that stand nowhere'),
      row('c', 'https://elsewhere.example/', 'The ministry'),
    ];
    const report = await bring(projectId, Buffer.from(JSON.stringify({ annotations: rows })));
    expect(countsOf(report)).toMatchObject({ Marks: [1, 0], Codes: [1, 0] });
    expect(report.losses.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Marks whose words are not found', 'Marks on pages that are not here']),
    );
  });
});

/** An archive of one file whose list says what it is told to. */
function liar(change: (list: Buffer, zip: Buffer) => void, name = 'project.qde'): Buffer {
  const zip = Buffer.from(zipSync({ [name]: Buffer.from('<Project/>') }));
  change(zip.subarray(zip.readUInt32LE(zip.length - 6)), zip);
  return zip;
}
const qdpx = (xml: string) => Buffer.from(zipSync({ 'project.qde': Buffer.from(xml) }));
function twice(): Buffer {
  const zip = Buffer.from(
    zipSync({ 'a.qde': Buffer.from('<Project/>'), 'b.qde': Buffer.from('<Project/>') }),
  );
  return Buffer.from(zip.toString('latin1').replaceAll('b.qde', 'a.qde'), 'latin1');
}
/** 200 MB of nothing in 200 kB. */
const bomb = () => zipSync({ 'project.qde': [new Uint8Array(200_000_000), { level: 1 }] });

describe('A hostile file', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['leads out of its folder', () => zipSync({ '../project.qde': new Uint8Array(1) }), 'leads out of it'],
    ['has an absolute name', () => zipSync({ '/etc/project.qde': new Uint8Array(1) }), 'leads out of it'],
    ['has a drive in a name', () => zipSync({ 'C:\\project.qde': new Uint8Array(1) }), 'leads out of it'],
    ['unpacks to far more than it is', bomb, 'times its size'],
    ['has a name twice', twice, 'in it twice'],
    [
      'says a smaller size than it has',
      () => liar((list) => list.writeUInt32LE(3, 24)),
      'larger than it says',
    ],
    ['says a larger size than it has', () => liar((list) => list.writeUInt32LE(99, 24)), 'not as large'],
    ['has a wrong sum', () => liar((list) => list.writeUInt32LE(1, 16)), 'damaged'],
    ['is locked', () => liar((list) => list.writeUInt16LE(1, 8)), 'password'],
    ['holds a link', () => liar((list) => list.writeUInt32LE(0xa1ff0000, 38)), 'a link'],
    ['is cut off', () => qdpx('<Project/>').subarray(0, 40), 'no end'],
    ['is packed in an unknown way', () => liar((list) => list.writeUInt16LE(99, 10)), 'not known'],
    ['has a DOCTYPE', () => qdpx('<!DOCTYPE a [<!ENTITY b "c">]><Project>&b;</Project>'), 'DOCTYPE'],
    ['is nested without end', () => qdpx('<a>'.repeat(100_000)), 'deeper'],
    ['is no format', () => deflateRawSync(Buffer.from('x')), 'no file that can be brought in'],
    ['is JSON of something else', () => Buffer.from('{"a":1}'), 'no list of annotations'],
  ])('that %s is refused in words within two seconds, and stores nothing', async (_, make, words) => {
    const projectId = await addProject(database, owner);
    const bytes = make();
    const begin = performance.now();
    const response = await send(projectId, bytes, true);
    expect(await response.text()).toContain(words);
    expect(response.status).toBe(400);
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(await all<Source>('source.list', projectId)).toEqual([]);
  });
});
