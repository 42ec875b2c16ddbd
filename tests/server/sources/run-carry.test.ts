import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CarryJob, carryJob } from '@/server/sources/carry-job';
import { runCarry } from '@/server/sources/run-carry';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;
let workerPath: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-carrier-'));
  workerPath = path.join(folder, 'carry-worker.mjs');
  await build({
    entryPoints: [path.join(ROOT, 'server/sources/carry-worker.ts')],
    outfile: workerPath,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** A text of many words with a mark at each hundredth, and a version in which every seventh paragraph says something else. */
function job(paragraphs: number): CarryJob {
  const words = (nth: number) =>
    Array.from({ length: 40 }, (_, at) => `w${(nth * 7_919 + at * 104_729) % 9_973}`).join(' ');
  const old = Array.from({ length: paragraphs }, (_, nth) => words(nth));
  const now = old.map((paragraph, nth) => (nth % 7 === 0 ? words(nth + 100_000) : paragraph));
  const text = old.join('\n\n');
  const marks = Array.from({ length: Math.floor(text.length / 500) }, (_, nth) => {
    const [start, end] = [nth * 500, nth * 500 + 40];
    const exact = text.slice(start, end);
    const as = { state: 'settled', outcome: 'made', score: 1, was: null, changedIn: null } as const;
    return { start, end, exact, isPlaced: true, ...as };
  });
  return { to: { version: 2, text: now.join('\n\n') }, from: [{ text, marks }] };
}

describe('runCarry', () => {
  it('carries in the built worker as it does in this thread', async () => {
    const small = job(60);
    expect(await runCarry(small, { workerPath })).toEqual(carryJob(small));
    expect(await runCarry(small, { workerPath: path.join(folder, 'absent.mjs') })).toEqual(carryJob(small));
  });

  it('lets this thread go on meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const [targets] = await runCarry(job(4_000), { workerPath });
    clearInterval(timer);
    expect(targets?.length).toBeGreaterThan(1_500);
    expect(turns).toBeGreaterThan(20);
  });

  it('ends when whoever asked has gone', async () => {
    const gone = new AbortController();
    const work = runCarry(job(4_000), { workerPath, signal: gone.signal });
    const reason = new DOMException('The page was closed', 'AbortError');
    gone.abort(reason);
    await expect(work).rejects.toBe(reason);
  });
});
