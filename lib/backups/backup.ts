import { z } from 'zod';

/** Tables whose rows no backup takes: proofs of who somebody is that a stolen or an old file must not bring back to life. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'sessions',
  'sign_in_links',
  'email_changes',
  'passkey_challenges',
  'sign_in_steps',
  'rate_limits',
]);

const Name = z.string().min(1).max(63);

/** A table and the columns that were taken of it, in the order in which its rows give them. */
export const TakenTable = z.object({ name: Name, columns: z.array(Name).min(1) });
export type TakenTable = z.infer<typeof TakenTable>;

/** What stands first in a backup: what is needed to make a place for the rows that follow. */
export const Head = z.object({
  format: z.literal('gloss-backup'),
  version: z.literal(1),
  /** The moment that all of it is of. */
  at: z.iso.datetime(),
  /** Postgres' server_version_num, for people. */
  postgres: z.int(),
  /** The migrations that had run, by the time they were made (ms), oldest first. */
  migrations: z.array(z.int()).min(1),
  tables: z.array(TakenTable),
});
export type Head = z.infer<typeof Head>;

/** What stands last: what must have been read by then. A backup without it was cut off. */
export const Manifest = z.object({
  tables: z.array(
    z.object({
      name: Name,
      rows: z.int().min(0),
      /** Of all its rows in COPY's text format, hexadecimal. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Where counters stand. `last` is a bigint, as text. */
  sequences: z.array(z.object({ name: Name, last: z.string().regex(/^\d{1,19}$/), called: z.boolean() })),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableSum = Manifest['tables'][number];

/** The entries of the archive: the head, pieces of tables (`tables/users/000001.copy`), the manifest. */
export const HEAD_FILE = 'head.json';
export const MANIFEST_FILE = 'manifest.json';

/** The name of the nth piece (from 1) of a table. */
export function pieceName(table: string, nth: number): string {
  return `tables/${table}/${String(nth).padStart(6, '0')}.copy`;
}

/** The table that an entry is a piece of; null for an entry that is none. */
export function tableOfPiece(entry: string): string | null {
  return /^tables\/([^/]+)\/\d{6,}\.copy$/.exec(entry)?.[1] ?? null;
}

/** What two accounts of the same tables disagree on, in words; empty when they agree. */
export function differences(expected: readonly TableSum[], found: readonly TableSum[]): string[] {
  const byName = new Map(found.map((table) => [table.name, table]));
  const wrong = expected.flatMap(({ name, rows, sha256 }) => {
    const there = byName.get(name);
    if (there === undefined) return rows === 0 ? [] : [`${name}: ${rows} rows are missing`];
    if (there.rows !== rows) return [`${name}: ${there.rows} rows instead of ${rows}`];
    return there.sha256 === sha256 ? [] : [`${name}: its content is another`];
  });
  const known = new Set(expected.map(({ name }) => name));
  return [
    ...wrong,
    ...found.filter(({ name }) => !known.has(name)).map(({ name }) => `${name}: not expected`),
  ];
}
