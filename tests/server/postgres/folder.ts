import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type LaunchedPostgres, type LaunchOptions, launchPostgres } from '../../../server/postgres/launch';

/** An empty folder that others may enter, removed after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-launch-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder whose database is made already: making one takes a second or two, copying it a moment. */
export async function madeFolder(): Promise<string> {
  made ??= make();
  const folder = emptyFolder();
  // Only the system's own copies the owner along, whom Postgres insists on.
  execFileSync('cp', ['-a', join(await made, 'postgres'), folder]);
  return folder;
}

let made: Promise<string> | undefined;
afterAll(async () => {
  if (made) rmSync(await made, { recursive: true, force: true });
});

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-launch-'));
  chmodSync(folder, 0o755);
  await (await launchPostgres({ dataDir: folder, log: () => {} })).stop();
  return folder;
}

/** Launches in this process and stops after the test unless the test has. */
export async function launch(
  dataDir: string,
  options: Partial<LaunchOptions> = {},
): Promise<LaunchedPostgres & { said: string[] }> {
  const said: string[] = [];
  const postgres = await launchPostgres({ dataDir, log: (line) => said.push(line), ...options });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await postgres.stop();
  };
  onTestFinished(stop);
  return { ...postgres, stop, said };
}
