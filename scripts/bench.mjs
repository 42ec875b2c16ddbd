import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPrograms } from './build.mjs';
import { ROOT, runProgram } from './run.mjs';
import { Fault } from './say.mjs';

/** Runs one benchmark by its name. */
export async function bench([name, ...args]) {
  const folder = join(ROOT, 'bench');
  const names = existsSync(folder)
    ? readdirSync(folder).filter((entry) => existsSync(join(folder, entry, 'run.ts')))
    : [];
  if (!name || !names.includes(name)) {
    throw new Fault(`say which benchmark: npm run bench NAME, with NAME one of ${names.join(', ')}.`);
  }
  // The program's own threads, as it runs them.
  await buildPrograms();
  return runProgram(['--import', 'tsx', `bench/${name}/run.ts`, ...args]);
}
