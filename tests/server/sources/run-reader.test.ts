import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJob } from '@/server/sources/read-job';
import { runReader } from '@/server/sources/run-reader';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const job = { kind: 'page', html: '<title>A title</title><p>A paragraph.', url: null } as const;

let folder: string;
let workerPath: string;
const stub = async (name: string, code: string) => {
  const file = path.join(folder, `${name}.mjs`);
  await writeFile(file, code);
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-reader-'));
  workerPath = path.join(folder, 'read-worker.mjs');
  await build({
    entryPoints: [path.join(ROOT, 'server/sources/read-worker.ts')],
    outfile: workerPath,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('runReader', () => {
  it('reads in the built worker what it reads in this thread', async () => {
    const text = { kind: 'text', text: 'A title\n\nWords' } as const;
    const file = {
      kind: 'file',
      name: 'a.txt',
      bytes: new TextEncoder().encode('A title\n\nWords'),
    } as const;
    for (const one of [job, text, file])
      expect(await runReader(one, { workerPath })).toEqual(await readJob(one));
  });

  it('tells faults as they were told in the worker', async () => {
    const deep = { kind: 'page', html: '<div>'.repeat(1_000), url: null } as const;
    await expect(runReader(deep, { workerPath })).rejects.toMatchObject({
      name: 'AppError',
      code: 'invalid',
      details: { reason: 'too-deep' },
    });
  });

  it('reads in this thread where no worker is built, outside of production', async () => {
    expect(await runReader(job, { workerPath: path.join(folder, 'absent.mjs') })).toEqual(await readJob(job));
  });

  it('ends a worker that does not come to an end', async () => {
    const loop = await stub('loop', 'for (;;);');
    const began = performance.now();
    await expect(runReader(job, { workerPath: loop, timeoutMs: 300 })).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'too-hard' },
    });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('ends a worker when the signal aborts', async () => {
    const loop = await stub('loop', 'for (;;);');
    const cancel = new AbortController();
    const reason = new DOMException('Cancelled by the person', 'AbortError');
    const work = runReader(job, { workerPath: loop, signal: cancel.signal });
    cancel.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect(runReader(job, { workerPath, signal: cancel.signal })).rejects.toBe(reason);
  });

  it('survives a worker that uses up its memory, and says so', async () => {
    const greedy = await stub(
      'greedy',
      'const all = []; for (;;) all.push(new Array(1e5).fill(all.length));',
    );
    await expect(runReader(job, { workerPath: greedy })).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'too-hard' },
    });
  });

  it('passes a fault of the program on as no fault of the person', async () => {
    const broken = await stub('broken', 'throw new TypeError("a slip of ours");');
    await expect(runReader(job, { workerPath: broken })).rejects.toThrow('a slip of ours');
  });

  it('tells the worker nothing of the environment', async () => {
    const spy = await stub(
      'spy',
      `import { parentPort } from 'node:worker_threads';
       parentPort.postMessage({ answer: { title: JSON.stringify(process.env) } });`,
    );
    expect(await runReader(job, { workerPath: spy })).toEqual({ title: '{}' });
  });
});
