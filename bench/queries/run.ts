import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import { OPERATIONS } from '../../lib/api/operations';
import { addUser, issueToken } from '../../server/people';
import { launchPostgres } from '../../server/postgres/launch';
import { LARGE, makeLargeProject } from './large-project';
import { type Measured, operationsOf } from './operations';
import { hearStatements, largeTables, type Sent, scannedBy } from './plans';

/**
 * How long each list, search and count takes on a large project, through the route handlers of this process: token, gate,
 * query and JSON, all but the socket. Fails when one is slower than 100 ms at p95 or reads a large table whole; an analysis of a
 * whole project may do so, and take a second.
 */
const { values: options } = parseArgs({
  options: {
    annotations: { type: 'string', default: String(LARGE.annotations) },
    rounds: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    /** A folder that keeps the large project for the next run. */
    keep: { type: 'string' },
  },
});
const LIMIT_MS = 100;
/** For what reads a whole project, beyond which a screen has to say that it takes long. */
const WHOLE_LIMIT_MS = 1_000;
const LARGE_TABLE = 10_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const dataDir = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), 'gloss-bench-'));
setEnv({ GLOSS_DATA_DIR: dataDir, LOG_LEVEL: 'error' });
const postgres = await launchPostgres({ dataDir, log: () => undefined });
const db = openDatabase(postgres.connection);
try {
  setDatabase(db, postgres.connection);
  await migrate(db, resolve('db/migrations'));
  process.exitCode = await measureAll();
} finally {
  await db.$client.end();
  await postgres.stop();
  if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
}

async function settle() {
  const { rows } = await db.$client.query<{ id: string; owner: string }>(
    `select p.id, m.user_id as owner from projects p join project_members m on m.project_id = p.id and m.role = 'owner' limit 1`,
  );
  const [kept] = rows;
  if (kept !== undefined) return { projectId: kept.id, ownerId: kept.owner };
  const { id } = await addUser({ email: 'ada@example.org', name: 'Ada', password: 'long enough 1' });
  const size = { ...LARGE, annotations: Number(options.annotations) };
  const began = performance.now();
  const made = await makeLargeProject(db, id, { size, say: (line) => print(`seeding: ${line}`) });
  print(`seeded in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  return made;
}

async function measureAll(): Promise<number> {
  const project = await settle();
  const { token } = await issueToken(project.ownerId, { name: 'bench', scopes: ['read'] });
  const large = await largeTables(db, LARGE_TABLE);
  print(`load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  print(`large tables: ${[...large].sort().join(', ')}\n`);
  print(
    `${'operation'.padEnd(44)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'max ms'.padStart(9)}  plan`,
  );
  const faults: string[] = [];
  for (const measured of await operationsOf(db, project)) {
    if (!measured.name.includes(options.only)) continue;
    const { times, scans } = await measure(measured, project.projectId, token, large);
    const [p50, p95, max] = [at(times, 0.5), at(times, 0.95), at(times, 1)];
    const plan = scans.length === 0 ? 'by index' : `READS WHOLE: ${scans.join(', ')}`;
    print(
      measured.name.padEnd(44) +
        [p50, p95, max].map((ms) => ms.toFixed(1).padStart(9)).join('') +
        `  ${plan}`,
    );
    if (p95 > (measured.isWhole ? WHOLE_LIMIT_MS : LIMIT_MS))
      faults.push(`${measured.name} takes ${p95.toFixed(0)} ms at p95`);
    if (scans.length > 0 && !measured.isWhole)
      faults.push(`${measured.name} reads ${scans.join(', ')} whole`);
  }
  print(
    faults.length === 0
      ? '\nall within 100 ms at p95 (whole projects 1 s), and only those read a large table whole'
      : `\n${faults.join('\n')}`,
  );
  return faults.length === 0 ? 0 : 1;
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

async function measure(
  { operation, ask }: Measured,
  projectId: string,
  token: string,
  large: ReadonlySet<string>,
) {
  const { method, path } = OPERATIONS[operation];
  const file = resolve('app', path.slice(1).replaceAll('{', '[').replaceAll('}', ']'), 'route.ts');
  const handler = ((await import(file)) as Record<string, Handler>)[method] as Handler;
  const call = async (round: number) => {
    const { params = {}, query = {} } = ask(round);
    const all = { projectId, ...params } as Record<string, string>;
    const url = new URL(
      path.replace(/\{(\w+)\}/g, (_, name: string) => all[name] ?? ''),
      'http://gloss.test',
    );
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const request = new Request(url, { method, headers: { authorization: `Bearer ${token}` } });
    const answer = await handler(request, { params: Promise.resolve(all) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${operation} answered ${answer.status}: ${text}`);
  };
  const sent: Sent[] = [];
  const stop = hearStatements((statement) => sent.push(statement));
  for (let round = 0; round < 3; round += 1) await call(round);
  stop();
  const scans = new Set<string>();
  for (const statement of sent) for (const table of await scannedBy(db, statement, large)) scans.add(table);
  const times: number[] = [];
  for (let round = 3; round < 3 + Number(options.rounds); round += 1) {
    const began = performance.now();
    await call(round);
    times.push(performance.now() - began);
  }
  return { times: times.sort((a, b) => a - b), scans: [...scans] };
}
