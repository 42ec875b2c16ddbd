import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../tests/support/browser';
import type { SystemName } from './in-page';
import { measure, median, type Round } from './measure';

const WORDS = 50_000;
const SYSTEMS: readonly SystemName[] = [
  'no marks',
  'Gloss',
  'CSS highlights, all',
  'Recogito CSS',
  'Recogito spans',
];
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    counts: { type: 'string', default: '1000,5000,20000' },
    rounds: { type: 'string' },
    /** Longest wait for a first paint, in seconds. */
    cap: { type: 'string', default: '60' },
    /** Part of a system's name, to run few of them. */
    only: { type: 'string', default: '' },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 2 : 7));
const cap = Number(values.cap) * 1_000;
const systems = SYSTEMS.filter((name) => name.includes(values.only));

const COLUMNS: readonly [title: string, cell: (round: Round) => string][] = [
  ['first paint', ({ paint }) => paint.toFixed(0)],
  ['then at rest', ({ idle }) => idle.toFixed(0)],
  ['add one', ({ add }) => add.toFixed(1)],
  ['remove one', ({ remove }) => remove.toFixed(1)],
  ['scrolled frame', ({ scroll }) => scroll.toFixed(1)],
  ['hit-test', ({ hit }) => hit.toFixed(3)],
  ['heap, MB', ({ heap }) => (heap / 1e6).toFixed(1)],
  ['DOM nodes', ({ nodes }) => String(nodes)],
];

function middle(all: readonly Round[]): Round {
  const of = (key: keyof Round) => median(all.map((round) => round[key]));
  return {
    paint: of('paint'),
    idle: of('idle'),
    add: of('add'),
    remove: of('remove'),
    scroll: of('scroll'),
    hit: of('hit'),
    found: of('found'),
    heap: of('heap'),
    nodes: of('nodes'),
  };
}

const browser = await launchBrowser();
console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Chromium ${browser.version()}`);
console.log(`${WORDS} words, 20 colours, medians of ${rounds} interleaved rounds; ms of main-thread CPU`);
console.log('(hit-test: ms of wall time; DOM nodes and heap: what showing the marks adds)\n');
console.log(`| marks | system | ${COLUMNS.map(([title]) => title).join(' | ')} |`);
console.log(`|--:|---|${COLUMNS.map(() => '--:').join('|')}|`);
try {
  for (const count of values.counts.split(',').map(Number)) {
    const found = new Map<SystemName, Round[]>(systems.map((name) => [name, []]));
    const late = new Set<SystemName>();
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const name of systems) {
        // What takes half a minute a round needs no seventh one to be told from the rest.
        if (late.has(name) || (turn >= 2 && (found.get(name)?.[0]?.paint ?? 0) > 3_000)) continue;
        const round = await measure(browser, name, WORDS, count, cap);
        if (round === null) late.add(name);
        else found.get(name)?.push(round);
      }
    }
    for (const name of systems) {
      const all = found.get(name) ?? [];
      const cells =
        late.has(name) || all.length === 0
          ? COLUMNS.map((_, at) => (at === 0 ? `over ${values.cap} s` : ''))
          : COLUMNS.map(([, cell]) => cell(middle(all)));
      console.log(`| ${count} | ${name} | ${cells.join(' | ')} |`);
    }
  }
} finally {
  await browser.close();
}
