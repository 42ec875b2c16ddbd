import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

/** A program of its own that has Postgres on a folder: what it said, and its end. */
export type Program = {
  child: ChildProcess;
  lines: string[];
  /** Waits for a line that matches; rejects with everything said when the program ends first. */
  line(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Sends a signal and waits until the program is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
};

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));
// Inside the checkout, so that packages are found from there.
const BUNDLE = fileURLToPath(
  new URL(`../../../node_modules/.cache/gloss/writer-${process.pid}.mjs`, import.meta.url),
);

/** Starts the writer on a data folder; with `write` it goes on to commit rows. */
export function startProgram(dataDir: string, mode: 'hold' | 'write' = 'hold'): Program {
  if (!existsSync(BUNDLE)) bundle();
  const child = spawn(process.execPath, [BUNDLE, dataDir, mode]);
  const lines: string[] = [];
  const ended = once(child, 'close');
  let rest = '';
  const take = (chunk: Buffer) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    child.emit('said');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);

  return {
    child,
    lines,
    async line(pattern) {
      const find = () => lines.map((line) => line.match(pattern)).find((match) => match !== null);
      while (!find() && child.exitCode === null && child.signalCode === null) {
        await Promise.race([once(child, 'said'), ended]);
      }
      const found = find();
      if (!found) throw new Error(`The program ended without ${pattern}:\n${lines.join('\n')}`);
      return found;
    },
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

afterAll(() => rmSync(BUNDLE, { force: true }));

/** Bundled once, the program starts many times quickly. */
function bundle(): void {
  buildSync({
    entryPoints: [WRITER],
    outfile: BUNDLE,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
}
