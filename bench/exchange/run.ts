import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { migrate, openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import { EXPORT_FORMATS, FORMATS } from '../../lib/exchange/formats';
import { newId } from '../../lib/new-id';
import { addUser } from '../../server/people';
import { launchPostgres } from '../../server/postgres/launch';
import { LARGE, makeLargeProject } from '../queries/large-project';
import type { Taken } from './measure';
import type { Work } from './one';

/**
 * How long an export of each format takes for 10,000 and for 100,000 annotations, and how much memory above idle; and the same of an
 * import of the smaller. Fails where the larger export needs much more memory than the smaller: then something is held.
 */
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    only: { type: 'string', default: '' },
    /** Leaves the imports out. */
    'only-out': { type: 'boolean', default: false },
    /** Leaves the exports out: what comes in is what an earlier run kept. */
    'only-in': { type: 'boolean', default: false },
    /** A folder that keeps the projects for the next run. */
    keep: { type: 'string' },
  },
});
/** MB that the largest export may need above the smallest. */
const SLACK_MB = 32;
/**
 * Exports run in a small heap, so that the peak tells what they need: in a large one the collector lets lie what nobody holds, the more
 * the longer it goes on.
 */
const SMALL_HEAP = ['--max-old-space-size=112', '--max-semi-space-size=1'];
const SIZES = options.sizes.split(',').map(Number);
const run = promisify(execFile);
const print = (line: string) => process.stdout.write(`${line}\n`);

const headOf = (size: number) =>
  `${size} marks, s`.padStart(17) + 'cpu'.padStart(7) + 'MB'.padStart(7) + 'peak'.padStart(6);
const figures = ({ seconds, cpu, bytes, peak }: Taken & { bytes: number }) =>
  seconds.toFixed(1).padStart(17) +
  cpu.toFixed(1).padStart(7) +
  (bytes / 1e6).toFixed(1).padStart(7) +
  peak.toFixed(0).padStart(6);

const folder = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), 'gloss-bench-'));
setEnv({ GLOSS_DATA_DIR: folder, LOG_LEVEL: 'error' });
const postgres = await launchPostgres({ dataDir: folder, log: () => undefined });
const db = openDatabase(postgres.connection);
try {
  setDatabase(db, postgres.connection);
  await migrate(db, resolve('db/migrations'));
  process.exitCode = await measureAll();
} finally {
  await db.$client.end();
  await postgres.stop();
  if (!options.keep) rmSync(folder, { recursive: true, force: true });
}

type Project = { projectId: string; ownerId: string };

/** A project of each size: kept ones are told by how many marks they have. */
async function projectOf(annotations: number): Promise<Project> {
  const { rows } = await db.$client.query<{ id: string; owner: string }>(
    `select m.project_id as id, m.user_id as owner from project_members m where m.role = 'owner'
       and (select count(*) from annotations a where a.project_id = m.project_id) = $1`,
    [annotations],
  );
  if (rows[0]) return { projectId: rows[0].id, ownerId: rows[0].owner };
  const email = `ada${annotations}@example.org`;
  const { id } = await addUser({ email, name: 'Ada', password: 'long enough 1' });
  const size = { sources: LARGE.sources, annotations };
  const made = await makeLargeProject(db, id, { size, say: () => undefined });
  // Marks of the web need pages of the web.
  await db.$client.query(`update sources set url = 'https://paper.example/' || id where project_id = $1`, [
    made.projectId,
  ]);
  return made;
}

async function inChild(work: Work): Promise<Taken & { bytes: number; said: string }> {
  const heap = 'out' in work ? SMALL_HEAP : [];
  const args = [...heap, '--import', 'tsx', 'bench/exchange/one.ts', JSON.stringify(work)];
  const { stdout } = await run(process.execPath, args, { cwd: process.cwd(), maxBuffer: 1_000_000 });
  return JSON.parse(stdout);
}

/** An empty project; or one with the sources of another, for marks that stand on them. */
async function emptyProject({ projectId, ownerId }: Project, withSources: boolean): Promise<string> {
  const id = newId();
  const ask = (statement: string, values: unknown[]) => db.$client.query(statement, values);
  await ask(
    `insert into projects (id, team_id, name) select $1, team_id, 'Empty' from projects where id = $2`,
    [id, projectId],
  );
  await ask(`insert into project_members (project_id, user_id, role) values ($1, $2, 'owner')`, [
    id,
    ownerId,
  ]);
  if (!withSources) return id;
  const { rows } = await ask('select id from sources where project_id = $1', [projectId]);
  const ids = JSON.stringify(rows.map((row) => ({ from: row.id, to: newId() })));
  const pairs = `jsonb_to_recordset($1::jsonb) as ids("from" uuid, "to" uuid)`;
  await ask(
    `insert into sources (id, project_id, title, version, created_by, url, language)
       select ids.to, $2, s.title, s.version, s.created_by, s.url, s.language from ${pairs} join sources s on s.id = ids.from`,
    [ids, id],
  );
  await ask(
    `insert into source_texts (project_id, source_id, version, text, length, created_by, hash, html, how)
       select $2, ids.to, t.version, t.text, t.length, t.created_by, t.hash, t.html, t.how
       from ${pairs} join source_texts t on t.source_id = ids.from`,
    [ids, id],
  );
  return id;
}

async function measureAll(): Promise<number> {
  const projects: Project[] = [];
  for (const size of SIZES) projects.push(await projectOf(size));
  const [small] = projects as [Project];
  const formats = EXPORT_FORMATS.filter((format) => format.includes(options.only));
  print(`load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  print('a process each; s: seconds, cpu: those that it computed itself, MB: the file,');
  print(`peak: MB of resident memory above what it had before; exports with ${SMALL_HEAP.join(' ')}\n`);
  const faults = options['only-in'] ? [] : await measureExports(projects, formats);
  if (!options['only-out']) await measureImports(small, formats);
  if (options['only-in']) return 0;
  print(
    faults.length === 0 ? `\nno export needs ${SLACK_MB} MB more for more marks` : `\n${faults.join('\n')}`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** Answers what needs too much. */
async function measureExports(
  projects: readonly Project[],
  formats: readonly (keyof typeof FORMATS)[],
): Promise<string[]> {
  const faults: string[] = [];
  print(`${'export'.padEnd(16)}${SIZES.map(headOf).join('')}`);
  const connection = postgres.connection;
  for (const format of formats) {
    const taken: Taken[] = [];
    let line = format.padEnd(16);
    for (const [nth, { projectId, ownerId: userId }] of projects.entries()) {
      const file = nth === 0 ? join(folder, `out.${format}`) : null;
      const one = await inChild({ connection, userId, projectId, file, out: format });
      taken.push(one);
      line += figures(one);
    }
    print(line);
    const grown = (taken.at(-1)?.peak ?? 0) - (taken[0]?.peak ?? 0);
    if (grown > SLACK_MB)
      faults.push(`${format} needs ${grown.toFixed(0)} MB more for ${SIZES.at(-1)} marks`);
  }
  return faults;
}

/** The files that come in, by what they are called here. */
function* coming(
  formats: readonly (keyof typeof FORMATS)[],
): Generator<{ name: string; file: string; onSources: boolean }> {
  for (const name of formats) {
    const file = join(folder, `out.${name}`);
    if (name === 'csv') {
      // The table of codings alone, as a person brings it in.
      const { 'codings.csv': table } = unzipSync(readFileSync(file));
      writeFileSync(`${file}.codings`, table ?? '');
      yield { name, file: `${file}.codings`, onSources: true };
    } else if (FORMATS[name].comesIn)
      yield { name, file, onSources: name === 'web-annotation' || name === 'hypothesis' };
  }
}

async function measureImports(small: Project, formats: readonly (keyof typeof FORMATS)[]): Promise<void> {
  print(`\n${'import'.padEnd(16)}${headOf(SIZES[0] as number)}`);
  for (const { name, file, onSources } of coming(formats)) {
    const projectId = await emptyProject(small, onSources);
    const work = { connection: postgres.connection, userId: small.ownerId, projectId };
    const one = await inChild({ ...work, file, in: name }).catch(
      (fault: Error & { stderr?: string }) => fault.stderr?.match(/^.*Error: .*$/m)?.[0] ?? fault.message,
    );
    if (typeof one === 'string') print(`${name.padEnd(16)}  refused: ${one}`);
    else print(`${name.padEnd(16)}${figures(one)}  ${one.said}`);
  }
}
