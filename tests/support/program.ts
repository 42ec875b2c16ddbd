import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Program = {
  /** Where it answers, e.g. `http://localhost:41234`. */
  readonly url: string;
  /** The link of the first start; `null` once somebody signed in. */
  readonly link: string | null;
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it (SIGTERM unless told otherwise) and waits until it is gone; answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

/**
 * Starts the built program as a person would, on a free port, and waits until it says that it is ready.
 * Without `DATABASE_URL` it brings its own Postgres in a data folder that `dataDir` names.
 */
export async function startProgram(environment: Record<string, string> = {}): Promise<Program> {
  const own = environment.GLOSS_DATA_DIR === undefined ? mkdtempSync(join(tmpdir(), 'gloss-program-')) : null;
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'warn',
      // What it is made of is compiled by the first start of the run, and taken from there by the others.
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/gloss-compiled'),
      ...(own === null ? {} : { GLOSS_DATA_DIR: own }),
      ...environment,
    },
  });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    const code = await ended(child);
    if (own !== null) rmSync(own, { recursive: true, force: true });
    return code;
  };
  const lines = createInterface({ input: child.stdout });
  const found = await new Promise<{ url: string; link: string | null }>((resolve, reject) => {
    let url: string | null = null;
    lines.on('line', (line) => {
      output += `${line}\n`;
      url ??= /^ready (\S+)$/.exec(line)?.[1] ?? null;
      const link = /^sign in \(works once\): (\S+)$/.exec(line)?.[1] ?? null;
      // The link comes right after "ready", in the same write or not at all.
      if (url !== null && link !== null) resolve({ url, link });
      else if (url !== null) setTimeout(() => resolve({ url: url as string, link: null }), 150);
    });
    child.once('exit', (code) =>
      reject(new Error(`The program ended with ${code} before it was ready:\n${output}`)),
    );
  });
  return { ...found, pid: child.pid as number, output: () => output, stop };
}
