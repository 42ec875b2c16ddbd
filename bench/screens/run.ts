import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { migrate, openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import { addUser } from '../../server/people';
import { launchPostgres } from '../../server/postgres/launch';
import { launchBrowser } from '../../tests/support/browser';
import { startProgram } from '../../tests/support/program';
import { LARGE, makeLargeProject } from '../queries/large-project';
import { scrollAll, watchLongTasks } from './in-page';

/**
 * How smooth the screens of a large project are in Chromium: until a page answers, how many elements it has, how long its frames
 * take while it is scrolled, and what keeps its thread busy for more than 50 ms. The program is the built one.
 */
const { values: options } = parseArgs({
  options: {
    annotations: { type: 'string', default: String(LARGE.annotations) },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    /** A folder that keeps the large project for the next run; that of `bench:queries` will do. */
    keep: { type: 'string' },
  },
});
const EMAIL = 'ada@example.org';
const PASSWORD = 'long enough 1';
const print = (line: string) => process.stdout.write(`${line}\n`);

const SCREENS: readonly { name: string; path: string; stored?: readonly [key: string, value: string] }[] = [
  { name: 'sources', path: '' },
  { name: 'a source', path: '/sources/{source}' },
  { name: 'codebook', path: '/codebook' },
  { name: 'quotes', path: '/quotes' },
  { name: 'speakers', path: '/speakers' },
  { name: 'claims, list', path: '/claims' },
  { name: 'claims, board', path: '/claims', stored: ['gloss.claims-view', '"board"'] },
  { name: 'follow-ups, list', path: '/follow-ups' },
  { name: 'follow-ups, board', path: '/follow-ups', stored: ['gloss.follow-ups-view', '"board"'] },
  { name: 'notes', path: '/notes' },
  { name: 'activity', path: '/activity' },
  { name: 'search', path: '/search?q=report' },
  { name: 'analysis', path: '/analysis' },
];

const dataDir = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), 'gloss-bench-'));
await settle();
const program = await startProgram({ GLOSS_DATA_DIR: dataDir });
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await measureAll(context, await signIn(await context.newPage()));
} finally {
  await browser.close();
  await program.stop();
  if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
}

/** Makes the large project where the data folder has none. */
async function settle(): Promise<void> {
  setEnv({ GLOSS_DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  const postgres = await launchPostgres({ dataDir, log: () => undefined });
  const db = openDatabase(postgres.connection);
  try {
    setDatabase(db, postgres.connection);
    await migrate(db, resolve('db/migrations'));
    const { rows } = await db.$client.query('select from projects limit 1');
    if (rows.length > 0) return;
    const { id } = await addUser({ email: EMAIL, name: 'Ada', password: PASSWORD });
    await makeLargeProject(db, id, {
      size: { ...LARGE, annotations: Number(options.annotations) },
      say: (line) => print(`seeding: ${line}`),
    });
  } finally {
    await db.$client.end();
    await postgres.stop();
  }
}

/** Signs in, and answers the address of the project and one of its sources. */
async function signIn(page: Page): Promise<{ root: string; source: string }> {
  await page.goto(`${program.url}/sign-in`);
  await page.getByLabel(/^e-?mail/i).fill(EMAIL);
  await page.getByLabel(/^password/i).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/projects/);
  const list = async (path: string) => {
    const answer = await page.context().request.get(`${program.url}/api/projects${path}`);
    return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
  };
  const project = await list('');
  const source = await list(`/${project}/sources?limit=1`);
  await page.close();
  return { root: `${program.url}/projects/${project}`, source };
}

async function measureAll(context: BrowserContext, { root, source }: { root: string; source: string }) {
  print(
    `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores; times in ms, the middle of ${options.rounds}\n`,
  );
  print(
    `${'screen'.padEnd(20)}${[
      'answers',
      'elements',
      'longest task',
      'frame p50',
      'frame p95',
      'tasks > 50, scrolled',
    ]
      .map((title) => title.padStart(title.length + 3))
      .join('')}`,
  );
  for (const screen of SCREENS) {
    if (!screen.name.includes(options.only)) continue;
    const rounds: number[][] = [];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const page = await context.newPage();
      await page.addInitScript(watchLongTasks);
      if (screen.stored)
        await page.addInitScript(([key, value]) => localStorage.setItem(key, value), screen.stored);
      rounds.push(await measure(page, root + screen.path.replace('{source}', source)));
      await page.close();
    }
    const column = (at: number) => middle(rounds.map((one) => one[at] as number));
    const cells = [10, 11, 15, 12, 12, 23].map((width, at) => column(at).toFixed(0).padStart(width));
    print(screen.name.padEnd(20) + cells.join(''));
  }
}

async function measure(page: Page, address: string): Promise<number[]> {
  const began = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement?.dataset.ready !== undefined, undefined, {
    timeout: 60_000,
  });
  const answers = performance.now() - began;
  await page.waitForLoadState('networkidle');
  const longest = Math.max(
    0,
    ...(await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0))),
  );
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  const frames = await page.evaluate(scrollAll);
  const busy = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.length);
  const sorted = [...frames].sort((a, b) => a - b);
  return [answers, elements, longest, at(sorted, 0.5), at(sorted, 0.95), busy];
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
function middle(values: readonly number[]): number {
  return at(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
