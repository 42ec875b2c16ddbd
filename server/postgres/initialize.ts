import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../lib/errors';
import { DATABASE, OWNER } from './handshake';
import type { Place } from './place';
import { runAs } from './unprivileged';

const ATTEMPTS = 2;

/**
 * Makes a new cluster, with the program's database in it, unless there is one. It is made under another name
 * and moved into place whole: a start that is killed half-way leaves nothing that looks like a database.
 * @throws AppError `unavailable` with Postgres' own words when it fails twice.
 */
export async function initialize(place: Place, bin: string, log: (line: string) => void): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION'))) return;
  log('making a new one');
  for (let attempt = 1; ; attempt++) {
    try {
      return await make(place, bin);
    } catch (error) {
      if (!(error instanceof AppError) || attempt === ATTEMPTS) throw error;
      log(error.message);
      log('trying once more');
    }
  }
}

async function make({ account, data }: Place, bin: string): Promise<void> {
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  chmodSync(unfinished, 0o700);
  if (account) chownSync(unfinished, account.uid, account.gid);

  const cluster = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${OWNER}`, '--auth=trust', '--no-instructions'];
  await run(join(bin, 'initdb'), ['-D', unfinished, ...cluster, ...access], '');
  // Without a server, so that nobody ever sees a cluster that lacks the database.
  const single = ['--single', '-D', unfinished, '-c', 'exit_on_error=true', 'postgres'];
  await run(join(bin, 'postgres'), single, `create database ${DATABASE};\n`);
  renameSync(unfinished, data);

  function run(program: string, args: string[], input: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, runAs(account));
      let said = '';
      child.stdout.on('data', (chunk) => (said += chunk));
      child.stderr.on('data', (chunk) => (said += chunk));
      const fail = (why: string, cause?: unknown) =>
        reject(
          new AppError('unavailable', `Making the database failed (${why}).\n${said.trim()}`, { cause }),
        );
      child.on('error', (error) => fail(error.message, error));
      child.on('close', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `exit code ${code}`)));
      // A program that ended early closes its input; its exit code says what happened.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
  }
}
