import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Losses } from '@/lib/exchange/losses';
import type { ExportRecord } from '@/lib/exchange/record';
import { readWebAnnotations } from '@/lib/exchange/web-annotation-read';
import { writeExport } from '@/lib/exchange/write';
import { bytesOf, idOf, markOf, reading, smallProject, sourceOf } from '@/tests/support/exchange-records';
import { hasInputs, INPUTS } from '@/tests/support/inputs';

const ROOT = join(INPUTS, 'web-annotation');
type Schema = Record<string, unknown>;
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Schema;

/** The W3C's assertions of a kind, each by its name; an assertion may be a list of alternatives. */
function assertions(list: string): (document: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  for (const name of readdirSync(join(ROOT, 'definitions')).filter((one) => one.endsWith('.json')))
    ajv.addSchema(json(`definitions/${name}`), name);
  const paths = (json(list).assertions as unknown[]).flat().map((one) => String(one));
  const checks = paths.map((path) => {
    const { id: _, ...schema } = json(path);
    return { path, check: ajv.compile(schema) };
  });
  return (document) => checks.filter(({ check }) => !check(document)).map(({ path }) => path);
}

async function filesOf(records: ExportRecord[]): Promise<Map<string, unknown>> {
  const options = { profile: 'standard', made: '2026-03-01T10:00:00.000Z' } as const;
  const bytes = await bytesOf(writeExport('web-annotation', reading(records), new Losses(), options));
  return new Map(
    Object.entries(unzipSync(bytes)).map(([name, file]) => [
      name,
      JSON.parse(new TextDecoder().decode(file)),
    ]),
  );
}

describe.skipIf(!hasInputs)('All that a Web Annotation MUST be, as the W3C asserts it', () => {
  it.each(['https://gloss.example', ''])('holds for what we write, with the address %j', async (base) => {
    const records = smallProject().map((record) =>
      record.kind === 'project' ? { ...record, base } : record,
    );
    const files = await filesOf(records);
    const musts = assertions('annotations/annotationMusts.test');
    const page = files.get('page-0001.jsonld') as { items: unknown[] };
    expect(page.items.map(musts)).toEqual([[], []]);
    expect(assertions('collections/collectionMusts.test')(files.get('collection.jsonld'))).toEqual([]);
    expect(assertions('collections/pages/pageMusts.test')(page)).toEqual([]);
  });

  it('does not hold for what is no annotation', () => {
    expect(assertions('annotations/annotationMusts.test')({ type: 'Annotation' })).not.toEqual([]);
  });

  it('holds for what we read: the W3C’s own samples are read without a fault', () => {
    const losses = new Losses();
    const samples = readdirSync(join(ROOT, 'tools/samples/correct')).filter((name) =>
      /^anno.*json$/.test(name),
    );
    const texts = samples.map(
      (name) => [name, readFileSync(join(ROOT, 'tools/samples/correct', name), 'utf8')] as const,
    );
    const coming = readWebAnnotations(new Map(texts), losses);
    const count = losses.report().losses.reduce((sum, loss) => sum + loss.count, 0);
    expect(samples.length).toBeGreaterThan(30);
    expect(coming.annotations.length + count).toBeGreaterThanOrEqual(samples.length);
  });
});

describe('A collection of many marks', () => {
  it('is cut into pages that lead to each other and hold each mark once', async () => {
    const text = 'word '.repeat(300);
    const source = sourceOf(1);
    const marks = Array.from({ length: 1_201 }, (_, nth) =>
      markOf(nth, source, text, { start: (nth % 300) * 5, end: (nth % 300) * 5 + 4 }),
    );
    const [project] = smallProject();
    const files = await filesOf([
      project as ExportRecord,
      { kind: 'source', source, text },
      ...marks.map((annotation) => ({ kind: 'annotation', annotation }) as const),
    ]);
    const pages = [1, 2, 3].map((nth) => files.get(`page-000${nth}.jsonld`) as Schema & { items: Schema[] });
    expect(files.get('collection.jsonld')).toMatchObject({
      total: 1_201,
      first: pages[0]?.id,
      last: pages[2]?.id,
    });
    expect(pages.map(({ prev, next }) => [prev, next])).toEqual([
      [undefined, pages[1]?.id],
      [pages[0]?.id, pages[2]?.id],
      [pages[1]?.id, undefined],
    ]);
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => String(id)));
    expect(new Set(ids).size).toBe(1_201);
    expect(ids[0]).toContain(idOf(3, 0));
  });
});
