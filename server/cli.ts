import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { database, migrate, openDatabase, setDatabase } from '../db/client';
import { findUserByEmail } from '../db/people';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { computeAgreement } from './agreement';
import { diagnose } from './doctor';
import { exportToFile } from './exchange/export-file';
import { importFromFile } from './exchange/import-from-file';
import { addUser, issueToken } from './people';
import { joinPlace } from './place';

const USAGE = `gloss COMMAND

  user add EMAIL [--name N] [--password P]   add a person
  token create EMAIL [--name N]              make an API token and print it alone
  migrate                                    bring the tables up to date
  doctor                                     find what is wrong and say what to do
  export PROJECT FORMAT FILE [--as EMAIL]    a project as a file, as its first owner sees it, or that member
  import PROJECT FILE [--as EMAIL] [--dry-run]
                                             brings in QDPX, QDC, W3C annotations, Hypothesis or Gloss
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

/** Runs a command with the database open and migrated, and gives it back. */
async function withDatabase(run: () => Promise<void>): Promise<void> {
  const place = await joinPlace(note);
  const db = openDatabase(place.connection, { max: 2 });
  setDatabase(db, place.connection);
  try {
    await migrate(db, resolve('db/migrations'));
    await run();
  } finally {
    await db.$client.end();
    await place.close();
  }
}

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
        as: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
      },
      ...{ seed: { type: 'string' }, resamples: { type: 'string' } },
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
      const { items, losses } = await importFromFile(verb, subject, { email: values.as, dryRun });
      for (const { what, added, there } of items) note(`${what}: ${added} new, ${there} there already.`);
      for (const { what, count, why } of losses) note(`Not brought in: ${what} (${count}). ${why}`);
      if (dryRun) note('This was a dry run: nothing is stored.');
    });
  if (noun === 'agreement' && verb !== undefined && subject === undefined)
    return print(computeAgreement(verb, values));
  if (noun === 'migrate') return withDatabase(async () => note('The tables are up to date.'));
  if (noun === 'doctor')
    return withDatabase(async () => {
      const findings = await diagnose();
      for (const { ok, line } of findings) print(`${ok ? 'ok   ' : 'WRONG'} ${line}`);
      if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
    });
  throw new AppError('invalid', `There is no command “${positionals.join(' ')}”.\n\n${USAGE}`);
}

// Whoever reads what is printed may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main().catch((error: unknown) => {
  note(
    error instanceof AppError
      ? error.message
      : `The command failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
});
