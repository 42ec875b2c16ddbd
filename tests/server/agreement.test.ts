import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { computeAgreement } from '@/server/agreement';
import { ROOT } from '@/tests/support/source-files';

const folder = mkdtempSync(join(tmpdir(), 'gloss-agreement-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string | Uint8Array): string {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  return path;
}

/** Runs the command as a person would; it needs no database. */
async function gloss(...words: readonly string[]) {
  const args = ['--import', 'tsx', join(ROOT, 'server/cli.ts'), 'agreement', ...words];
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test' as const };
  return promisify(execFile)(process.execPath, args, { cwd: ROOT, env: environment }).then(
    ({ stdout }) => ({ code: 0, report: JSON.parse(stdout), said: '' }),
    (failed: { code: number; stderr: string }) => ({ code: failed.code, report: null, said: failed.stderr }),
  );
}
type Shown = {
  id: string;
  value?: number;
  reason?: string;
  citation: string;
  interval?: { low: number; high: number };
};
const figureOf = (figures: readonly Shown[], id: string) => figures.find((one) => one.id === id);

describe('gloss agreement', () => {
  it('prints every measure of values, of all coders and of every two', async () => {
    const values = ['1233214', '1233224', '.333234'];
    const lines = values.flatMap((own, coder) =>
      [...own].map((value, unit) => `${'abc'[coder]},unit ${unit + 1},${value === '.' ? '' : value}`),
    );
    const { code, report } = await gloss(
      fileOf(['coder,unit,value', ...lines, ''].join('\r\n')),
      '--resamples',
      '50',
    );
    expect(code).toBe(0);
    expect(report).toMatchObject({ kind: 'ratings', coders: ['a', 'b', 'c'], units: 7 });
    const alpha = figureOf(report.measures, 'krippendorff-alpha-nominal');
    expect(alpha).toMatchObject({ citation: expect.stringContaining('Krippendorff'), units: 7, coders: 3 });
    expect(alpha?.interval?.low).toBeLessThanOrEqual(alpha?.value ?? Number.NaN);
    expect(figureOf(report.measures, 'scott-pi')?.reason).toMatch(/two coders/);
    expect(report.byPair.map((one: { coders: string[] }) => one.coders.join(''))).toEqual(['ab', 'ac', 'bc']);
    expect(figureOf(report.byPair[0].measures, 'percent')?.value).toBeCloseTo(6 / 7, 9);
  });

  it('prints every measure of spans, for all codes and each', () => {
    const table = `coder,code,start,end
i,c,225,295\ni,c,370,400\ni,k,180,240\ni,k,300,350
j,c,220,300\nj,c,355,375\nj,c,400,420\nj,k,180,240\nj,k,300,350\n`;
    const report = JSON.parse(computeAgreement(fileOf(table), { from: '150', to: '450', resamples: '20' }));
    expect(figureOf(report.spans, 'unitizing-alpha')?.value).toBeCloseTo(0.8587, 3);
    expect(report.byCode.map((one: { code: string }) => one.code)).toEqual(['c', 'k']);
    expect(figureOf(report.byCode[0].spans, 'unitizing-alpha')?.value).toBeCloseTo(0.7286, 3);
    expect(figureOf(report.characters.measures, 'cohen-kappa')).toMatchObject({ units: 300 });
  });

  it('ends with 1 and says which line is wrong', async () => {
    const { code, said } = await gloss(fileOf('coder,unit,value\na,1,x\n,2,y\n'));
    expect(code).toBe(1);
    expect(said).toContain('line 3: the coder is missing');
  });

  it.each([
    ['spans outside of the text', 'coder,code,start,end\na,x,5,9\n', { to: '8' }, '5-9 of a is not inside'],
    ['a file that is no text', Uint8Array.of(0xff, 0xfe, 0x00), {}, 'no UTF-8 text'],
    ['a number that is none', 'coder,unit,value\na,1,x\n', { seed: 'x' }, '--seed must be a whole number'],
  ])('says what is wrong with %s', (_what, text, options, words) => {
    expect(() => computeAgreement(fileOf(text), options)).toThrow(words);
  });

  it('says that there is no such file', () => {
    expect(() => computeAgreement(join(folder, 'nothing.csv'), {})).toThrow(/nothing\.csv can’t be read/);
  });
});
