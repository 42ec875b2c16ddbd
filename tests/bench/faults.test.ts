import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ROOT } from '@/tests/support/source-files';

/** Runs the benchmark of faults as `npm run bench:faults` does, for few writers; answers the lines of its table by what they are headed. */
async function tryFault(
  name: string,
): Promise<{ code: number | null; rows: Record<string, string>[]; said: string }> {
  const args = ['--import', 'tsx', 'bench/faults/run.ts', '--smoke', '--only', name];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let [printed, said] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    printed += String(data);
  });
  child.stderr.on('data', (data: Buffer) => {
    said += String(data);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const [head = [], , ...lines] = printed
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const rows = lines.map((cells) => Object.fromEntries(cells.map((cell, nth) => [head[nth] ?? '', cell])));
  return { code, rows, said };
}

it('The benchmark of faults kills a server in mid-writing, loses nothing that was acknowledged, says so, and ends by itself', {
  timeout: 120_000,
}, async () => {
  const { code, rows, said } = await tryFault('kill');
  expect(rows, said).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    fault: 'A server is killed (SIGKILL) in mid-writing',
    times: '1',
    lost: '0',
    verdict: 'passed',
  });
  const [edits] = (rows[0]?.['acknowledged edits / annotations / comments'] ?? '').split(' / ').map(Number);
  expect(edits).toBeGreaterThan(20);
  expect(code).toBe(0);
});

it('The benchmark of faults knows no fault that it does not have', async () => {
  const { code, rows, said } = await tryFault('meteor');
  expect(rows).toEqual([]);
  expect(said).toContain('There is no fault meteor');
  expect(code).toBe(1);
});
