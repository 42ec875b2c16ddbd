import { type Finding, finding } from './finding';

/** What Postgres says of itself. */
export type DatabaseFacts = {
  /** server_version_num */
  readonly version: number;
  readonly fsync: boolean;
  readonly encoding: string;
  /** Triggers that keep rows from being changed: those that are there and on, and those that should be. */
  readonly guards: { readonly there: readonly string[]; readonly wanted: readonly string[] };
  /** Migrations that have run, and those of this program, by their times in ms. */
  readonly migrations: { readonly run: readonly number[]; readonly known: readonly number[] };
  /** How far this machine's clock is before the database's, in ms; behind it where below 0. */
  readonly skewMs: number;
  readonly connections: { readonly allowed: number; readonly used: number };
};

/** Connections that one process opens at most: its pool, one that listens, and one for a backup. */
export const CONNECTIONS = 14;

const OLDEST = 150_000;
/** Sessions, links and leases live by the database's clock, what a process waits for by its own. */
const MOST_SKEW_MS = 5_000;

/** What is right and wrong with a database. */
export function judgeDatabase(facts: DatabaseFacts): Finding[] {
  const { version, fsync, encoding, guards, migrations, skewMs, connections } = facts;
  const missing = guards.wanted.filter((name) => !guards.there.includes(name));
  const free = connections.allowed - connections.used;
  const skew = `${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'before'} the database's`;
  const major = Math.floor(version / 10_000);
  return [
    finding(version >= OLDEST, `Postgres ${major}`, `Postgres ${major}: use 15 or newer`),
    finding(
      fsync,
      'fsync is on',
      'fsync is off: a power cut can lose what was saved; turn it on in postgresql.conf',
    ),
    finding(
      encoding === 'UTF8',
      'encoding UTF8',
      `encoding ${encoding}: the database must be UTF8; make a new one and restore a backup into it`,
    ),
    judgeMigrations(migrations),
    finding(
      missing.length === 0,
      'the logs are append-only',
      `what keeps logs append-only is missing or off (${missing.join(', ')}): somebody has changed the database by hand; restore a backup, or enable the triggers again`,
    ),
    finding(
      Math.abs(skewMs) <= MOST_SKEW_MS,
      'the clocks agree',
      `this machine's clock is ${skew}: let both machines keep time by NTP`,
    ),
    finding(
      free >= CONNECTIONS,
      `${free} of ${connections.allowed} connections are free`,
      `${free} of ${connections.allowed} connections are free, and each process of Gloss may open ${CONNECTIONS}: raise max_connections, or end what holds them`,
    ),
  ];
}

function judgeMigrations({ run, known }: DatabaseFacts['migrations']): Finding {
  const newer = run.filter((at) => !known.includes(at)).length;
  if (newer > 0)
    return {
      ok: false,
      line: `the tables are of a newer Gloss than this program (${newer} migrations ahead): update the program`,
    };
  const waiting = known.filter((at) => !run.includes(at)).length;
  return finding(
    waiting === 0,
    'the tables are up to date',
    `${waiting} migrations have not run: gloss migrate, or start Gloss`,
  );
}
