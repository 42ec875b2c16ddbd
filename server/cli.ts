import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Connection, database, migrate, openDatabase, setDatabase } from '../db/client';
import { findUserByEmail } from '../db/people';
import { AppError } from '../lib/errors';
import { Lock, licencesOf } from '../lib/licences/licence';
import { Email } from '../lib/members/member';
import { amount } from '../lib/projects/usage';
import { computeAgreement } from './agreement';
import { exportAudit, verifyAudit } from './audit/verify-audit';
import { backUpToFile, restoreFromFile } from './backups/files';
import { PERSON_USAGE, runPersonCommand } from './cli-person';
import { diagnose } from './doctor/diagnose';
import { exportToFile } from './exchange/export-file';
import { importFromFile } from './exchange/import-from-file';
import { resetFactors } from './factors/reset-factors';
import { addUser, issueToken } from './people';
import { joinPlace } from './place';
import { endProjectNow } from './projects/end';
import { limitProject } from './projects/usage';

const USAGE = `gloss COMMAND

  user add EMAIL [--name N] [--password P]   add a person
  user reset-factors EMAIL                   take authenticator, passkeys and recovery codes off a lost account
  token create EMAIL [--name N]              make an API token and print it alone
  migrate                                    bring the tables up to date
  doctor                                     find what is wrong and say what to do
  backup FILE                                everything as of one moment, while Gloss serves; - is standard output
  audit verify [PROJECT]                     whether anything of the audit was removed, changed or moved
  audit export PROJECT FILE                  its entries, a JSON object a line; PROJECT may be: instance
  restore FILE                               a backup into an empty place, checked; - is standard input
  export PROJECT FORMAT FILE [--as EMAIL]    a project as a file, as its first owner sees it, or that member
  import PROJECT FILE [--as EMAIL] [--dry-run] [--again]
                                             brings in QDPX, QDC, W3C annotations, Hypothesis or Gloss; or a
                                             source: PDF, DOCX, ODT, EPUB, HTML, MHTML, VTT, SRT, TXT, MD
  project end PROJECT                        ends a deleted project before its time: nothing of it is left
  project limits PROJECT [WHAT=LIMIT…]       what it holds and may hold; sets that, e.g. sources=500 file-bytes=20GB
${PERSON_USAGE}
  licences                                   what the program is made of, and under which licences
  agreement FILE.csv [--from N] [--to N] [--seed N] [--resamples N]
                                             how far coders agree, as JSON. Columns: coder,unit,value or
                                             coder,code,start,end (and source). --from and --to are the ends
                                             of the text that spans are in (else 0 and the last end)`;

const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const MIGRATIONS = resolve('db/migrations');

/** Runs a command beside or in the place of the program, and gives the place back. */
async function withPlace(run: (connection: Connection) => Promise<void>): Promise<void> {
  const place = await joinPlace(note);
  try {
    await run(place.connection);
  } finally {
    await place.close();
  }
}

/** Runs a command with the database open and migrated. */
async function withDatabase(run: () => Promise<void>): Promise<void> {
  await withPlace(async (connection) => {
    const db = openDatabase(connection, { max: 2 });
    setDatabase(db, connection);
    try {
      await migrate(db, MIGRATIONS);
      await run();
    } finally {
      await db.$client.end();
    }
  });
}

async function backUp(file: string): Promise<void> {
  // Should whoever takes it from standard output stop early, it is no backup.
  process.exitCode = 1;
  await withPlace(async (connection) => {
    const { at, tables, strangers } = await backUpToFile(connection, file, MIGRATIONS);
    for (const name of strangers) note(`Not in it: the table ${name}, which is not one of Gloss.`);
    note(`Backed up ${told(tables)}, as of ${at}. It is not encrypted, and the session secret is not in it.`);
  });
  process.exitCode = 0;
}

async function restore(file: string): Promise<void> {
  await withPlace(async (connection) => {
    const { at, tables } = await restoreFromFile(connection, file, MIGRATIONS);
    note(`Restored and checked ${told(tables)}, as of ${at}. Everybody signs in again.`);
  });
}

async function audit(
  verb: string | undefined,
  of: string | undefined,
  file: string | undefined,
): Promise<void> {
  if (verb === 'export' && of !== undefined && file !== undefined)
    return withDatabase(async () => note(`Wrote ${file} (${await exportAudit(of, file)} entries).`));
  if (verb !== 'verify') throw new AppError('invalid', USAGE);
  return withDatabase(async () => {
    for (const { chain, name, head, faults, unnamed } of await verifyAudit(of)) {
      const where = `${chain} ${head.nr} ${head.hash} (${name})`;
      print(`${faults.length === 0 ? 'ok   ' : 'WRONG'} ${where}`);
      for (const { what } of faults) print(`      ${what}`);
      if (unnamed > 0) print(`      ${unnamed} entries without their names: somebody of them was erased`);
      if (faults.length > 0) process.exitCode = 1;
    }
  });
}

function printLicences(): void {
  const lock = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  for (const { name, version, licence } of licencesOf(lock))
    print(`${licence ?? 'none declared'}\t${name}\t${version}`);
}

const told = (tables: readonly { rows: number }[]) =>
  `${tables.length} tables with ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`;

async function createToken(email: string, name: string): Promise<void> {
  const user = await findUserByEmail(database(), Email.parse(email));
  if (user === null)
    throw new AppError(
      'not-found',
      `Nobody has the address ${email}. Add them first: gloss user add ${email}`,
    );
  print((await issueToken(user.id, { name, scopes: ['read', 'write'] })).token);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ name: { type: 'string' }, password: { type: 'string' }, help: { type: 'boolean' } },
      ...{
        'dry-run': { type: 'boolean' },
        again: { type: 'boolean' },
        as: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
      },
      ...{ seed: { type: 'string' }, resamples: { type: 'string' } },
      ...{ out: { type: 'string' }, yes: { type: 'boolean' }, again: { type: 'boolean' } },
    },
  });
  const [noun, verb, subject, file] = positionals;
  if (values.help || noun === undefined) return print(USAGE);
  if (noun === 'user' && verb === 'add' && subject !== undefined) {
    if (values.password !== undefined && values.password.length < 10) {
      throw new AppError('invalid', 'A password needs at least 10 characters.');
    }
    return withDatabase(async () => {
      const person = await addUser({ email: subject, name: values.name, password: values.password });
      note(`Added ${person.name} <${person.email}>.`);
      print(person.id);
    });
  }
  if (noun === 'user' && verb === 'reset-factors' && subject !== undefined)
    return withDatabase(async () => {
      const { authenticator, passkeys } = await resetFactors(Email.parse(subject));
      note(
        `Taken off: ${authenticator ? 'an' : 'no'} authenticator app, ${passkeys} passkeys. Signed out everywhere.`,
      );
    });
  if (noun === 'token' && verb === 'create' && subject !== undefined) {
    return withDatabase(() => createToken(subject, values.name ?? 'command line'));
  }
  if (noun === 'export' && verb !== undefined && subject !== undefined && file !== undefined)
    return withDatabase(async () => {
      const { bytes, losses } = await exportToFile(verb, subject, file, values.as);
      note(`Wrote ${file} (${bytes} bytes).`);
      for (const { what, count, why } of losses) note(`Not in it: ${what} (${count}). ${why}`);
    });
  if (noun === 'import' && verb !== undefined && subject !== undefined)
    return withDatabase(async () => {
      const dryRun = values['dry-run'] === true;
      const how = { email: values.as, dryRun, again: values.again === true };
      const { items, losses, remarks } = await importFromFile(verb, subject, how);
      for (const { what, added, there } of items) note(`${what}: ${added} new, ${there} there already.`);
      for (const { what, count, why } of losses) note(`Not brought in: ${what} (${count}). ${why}`);
      for (const remark of remarks) note(remark);
      if (dryRun) note('This was a dry run: nothing is stored.');
    });
  if (noun === 'agreement' && verb !== undefined && subject === undefined)
    return print(computeAgreement(verb, values));
  if (noun === 'project' && verb === 'end' && subject !== undefined)
    return withDatabase(async () => {
      const { name } = await endProjectNow(subject);
      note(`“${name}” is over: nothing of it is left but the audit. Backups made before still hold it.`);
    });
  if (noun === 'project' && verb === 'limits' && subject !== undefined)
    return withDatabase(async () => {
      const { name, items } = await limitProject(subject, positionals.slice(3));
      note(`“${name}” holds and may hold:`);
      for (const { what, used, of } of items) print(`${what}\t${amount(what, used)}\tof ${amount(what, of)}`);
    });
  if (noun === 'person') return withDatabase(() => runPersonCommand(verb, subject, values, { note, print }));
  if (noun === 'licences') return printLicences();
  if (noun === 'audit') return audit(verb, subject, file);
  if (noun === 'backup' && verb !== undefined) return backUp(verb);
  if (noun === 'restore' && verb !== undefined) return restore(verb);
  if (noun === 'migrate') return withDatabase(async () => note('The tables are up to date.'));
  if (noun === 'doctor') {
    const findings = await diagnose(note, MIGRATIONS);
    for (const { ok, line } of findings) print(`${ok ? 'ok   ' : 'WRONG'} ${line}`);
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
    return;
  }
  throw new AppError('invalid', `There is no command “${positionals.join(' ')}”.\n\n${USAGE}`);
}

// Whoever reads what is printed may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

main().catch((error: unknown) => {
  note(
    error instanceof AppError
      ? error.message
      : `The command failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
});
