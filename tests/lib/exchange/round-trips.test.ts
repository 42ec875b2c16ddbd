import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { spanOf } from '@/lib/annotations/span';
import type { ExportFormat, ExportProfile } from '@/lib/exchange/formats';
import { readGloss } from '@/lib/exchange/gloss-read';
import { readHypothesis } from '@/lib/exchange/hypothesis';
import { Losses } from '@/lib/exchange/losses';
import { readQdc, readQdpx } from '@/lib/exchange/qda-read';
import type { ExportRecord } from '@/lib/exchange/record';
import { readWebAnnotations } from '@/lib/exchange/web-annotation-read';
import { writeExport } from '@/lib/exchange/write';
import {
  bytesOf,
  codeOf,
  idOf,
  markOf,
  project,
  reading,
  smallProject,
  sourceOf,
} from '@/tests/support/exchange-records';
import { hasInputs, INPUTS } from '@/tests/support/inputs';

const made = '2026-03-01T10:00:00.000Z';
async function write(records: ExportRecord[], format: ExportFormat, profile: ExportProfile = 'standard') {
  const losses = new Losses();
  const bytes = await bytesOf(writeExport(format, reading(records), losses, { profile, made }));
  return { bytes, losses: losses.report().losses };
}
const filesOf = (bytes: Uint8Array) => new Map(Object.entries(unzipSync(bytes)));
const textsOf = (bytes: Uint8Array) =>
  new Map([...filesOf(bytes)].map(([name, file]) => [name, new TextDecoder().decode(file)]));

const words = fc.string({
  unit: fc.constantFrom('a', 'ü', '😀', '&', '<', '"', '\n', ' ', ']]>'),
  minLength: 4,
  maxLength: 400,
});
/** A project of one text with codes and marks anywhere in it. */
const projects = fc
  .tuple(
    words,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { maxLength: 8 }),
    fc.string({ maxLength: 20 }),
  )
  .filter(([text]) => text.trim() !== '')
  .map(([given, places, definition]) => {
    const text = given.trim();
    const source = sourceOf(1);
    const codes = [1, 2, 3].map((nth) =>
      codeOf(nth, { definition: definition.trim(), parentId: nth > 1 ? idOf(1, nth - 1) : null }),
    );
    const marks = places.flatMap(([from, size, count], at) => {
      const start = from % text.length;
      const end = Math.min(text.length, start + 1 + (size % 20));
      const codeIds = codes.slice(0, count).map(({ id }) => id);
      const motivation = count > 0 ? ('classifying' as const) : ('highlighting' as const);
      return markOf(at + 1, source, text, { start, end }, { codeIds, motivation });
    });
    const records: ExportRecord[] = [
      project,
      ...codes.map((code) => ({ kind: 'code', code }) as const),
      { kind: 'source', source, text },
      ...marks.map((annotation) => ({ kind: 'annotation', annotation }) as const),
    ];
    return { records, text, marks };
  });

describe('What is written and read again', () => {
  it.each<ExportProfile>(['standard', 'nvivo', 'crlf'])(
    'is the same as QDPX with the profile %s, place for place',
    async (profile) => {
      await fc.assert(
        fc.asyncProperty(projects, async ({ records, text, marks }) => {
          const { bytes } = await write(records, 'qdpx', profile);
          const losses = new Losses();
          const coming = readQdpx(filesOf(bytes), losses);
          expect(coming.sources.map((source) => source.text)).toEqual([text]);
          expect(coming.codes.map(({ key, parent }) => [key, parent])).toEqual([
            [idOf(1, 1), null],
            [idOf(1, 2), idOf(1, 1)],
            [idOf(1, 3), idOf(1, 2)],
          ]);
          expect(losses.report().losses).toEqual([]);
          expect(
            coming.annotations.map(({ key, start, end, codes }) => ({ key, start, end, codes })),
          ).toEqual(marks.map((mark) => ({ key: mark.id, ...spanOf(mark), codes: mark.codeIds })));
        }),
        { seed: 29, numRuns: 60 },
      );
    },
  );

  it('is the same as lines of our own, marks and codes and text', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async ({ records, text, marks }) => {
        const { bytes, losses } = await write(records, 'gloss');
        expect(losses).toEqual([]);
        const coming = readGloss(bytes.toString(), new Losses());
        expect(coming.sources[0]?.text).toBe(text);
        expect(coming.annotations.map(({ key, start, end, exact }) => ({ key, start, end, exact }))).toEqual(
          marks.map((mark) => ({ key: mark.id, ...spanOf(mark), exact: mark.selector[1].exact })),
        );
      }),
      { seed: 29, numRuns: 60 },
    );
  });

  it('keeps all that a codebook says as QDC', async () => {
    const { bytes } = await write(smallProject(), 'qdc');
    const { codes } = readQdc(bytes, new Losses());
    expect(codes).toEqual([
      {
        ...{ key: idOf(1, 1), name: 'Denial & <doubt>', definition: 'What\n\nis denied' },
        ...{ whenToUse: 'Often', whenNot: 'Never', colour: 'teal', parent: null },
      },
      {
        ...{ key: idOf(1, 2), name: '@sum', definition: '', whenToUse: '', whenNot: '' },
        ...{ colour: 'rose', parent: idOf(1, 1) },
      },
    ]);
  });

  it('keeps words, speakers, comments and the names of codes as W3C annotations and for Hypothesis', async () => {
    const w3c = await write(smallProject(), 'web-annotation');
    const coming = readWebAnnotations(textsOf(w3c.bytes), new Losses());
    expect(coming.annotations).toMatchObject([
      {
        key: idOf(3, 1),
        exact: 'The mayor denied it ',
        codes: ['#Denial & <doubt>', '#@sum'],
        quote: { speaker: '＝Mayor' },
      },
      { key: idOf(3, 2), motivation: 'commenting', body: '<script>alert(1)</script>' },
    ]);
    expect(w3c.losses.map(({ what }) => what)).toContain('Claims');
    const hypothesis = await write(smallProject(), 'hypothesis');
    const there = readHypothesis(JSON.parse(hypothesis.bytes.toString()), new Losses());
    expect(there.annotations).toMatchObject([
      { key: idOf(3, 1), url: 'https://paper.example/a?b=1&c=2', motivation: 'classifying' },
      { key: idOf(3, 2), body: '<script>alert(1)</script>' },
    ]);
    expect(hypothesis.losses).toContainEqual({
      what: 'Who is quoted, and how',
      why: expect.any(String),
      count: 1,
      examples: ['The mayor denied it'],
    });
  });
});

describe.skipIf(!hasInputs)('REFI-QDA’s own schemas', () => {
  const schema = (name: string) => readFileSync(join(INPUTS, 'qda', name), 'utf8');
  const faults = async (xml: string, name: string) => {
    const file = { fileName: 'given.xml', contents: xml };
    return (await validateXML({ xml: [file], schema: [schema(name)] })).errors;
  };

  it('accept our projects and codebooks', async () => {
    const { bytes } = await write(smallProject(), 'qdpx');
    expect(await faults(textsOf(bytes).get('project.qde') ?? '', 'Project.xsd')).toEqual([]);
    const empty = await write([project], 'qdpx');
    expect(await faults(textsOf(empty.bytes).get('project.qde') ?? '', 'Project.xsd')).toEqual([]);
    const codebook = await write(smallProject(), 'qdc');
    expect(await faults(codebook.bytes.toString(), 'Codebook.xsd')).toEqual([]);
    expect(await faults('<Project xmlns="urn:QDA-XML:project:1.0"/>', 'Project.xsd')).not.toEqual([]);
  });

  it('accept a PDF with what it says, which goes along and whose passages come back', async () => {
    const pdf = async () => ({
      ...{ contentType: 'application/pdf', hash: '', places: { pages: [] } },
      bytes: new TextEncoder().encode('%PDF-1.7 \u00ff'),
    });
    const records = smallProject().map((one) => (one.kind === 'source' ? { ...one, pdf } : one));
    const { bytes } = await write(records, 'qdpx');
    const files = filesOf(bytes);
    const xml = textsOf(bytes).get('project.qde') ?? '';
    expect(await faults(xml, 'Project.xsd')).toEqual([]);
    const path = /<PDFSource[^>]* path="internal:\/\/([^"]+\.pdf)"/.exec(xml)?.[1];
    expect(files.get(`sources/${path}`)).toEqual((await pdf()).bytes);
    const coming = readQdpx(files, new Losses());
    const plain = await write(smallProject(), 'qdpx');
    const bare = readQdpx(filesOf(plain.bytes), new Losses());
    expect(coming.sources).toEqual(bare.sources);
    expect(coming.annotations).toEqual(bare.annotations);
  });

  it('and the projects that other programs made are read', () => {
    const losses = new Losses();
    const demo = readQdpx(filesOf(readFileSync(join(INPUTS, 'qda', 'demo.qdpx'))), losses);
    expect(demo.sources.length).toBe(2);
    expect(demo.annotations.length).toBeGreaterThan(100);
    expect(losses.report().losses.filter(({ what }) => what.includes('words'))).toEqual([]);
    const other = readQdpx(filesOf(readFileSync(join(INPUTS, 'qda', 'test-project.qdpx'))), new Losses());
    expect(other.codes.length).toBeGreaterThan(0);
  });
});
