import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDiffMap } from './diff-map';
import { isInstalled, loadSearch } from './hypothesis';
import { measureHistories, measureMutations } from './quality';
import { measureSpeed } from './speed';
import { readTexts } from './texts';

const PEERS = join(import.meta.dirname, 'peers');
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const { values } = parseArgs({
  options: {
    /** Fewer rounds, and the peer asked for a part of the passages. */
    quick: { type: 'boolean', default: false },
    /** Git directories of prose, comma separated: the set that limits were chosen on. */
    chosen: { type: 'string', default: '' },
    /** Git directories of prose, comma separated: the set that is reported. */
    history: { type: 'string', default: '' },
    /** Only our own matcher. */
    alone: { type: 'boolean', default: false },
  },
});

if (!values.alone && !isInstalled()) {
  say('installing the other matchers');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
}
const peers = values.alone ? null : { search: await loadSearch(), diffMap: await loadDiffMap() };
const print = (section: string) => process.stdout.write(`${section}\n\n`);
const folders = (list: string) =>
  list.split(',').filter((folder) => {
    if (folder === '') return false;
    if (!existsSync(folder)) say(`There is no git directory at ${folder}: left out.`);
    return existsSync(folder);
  });

print(
  `Measured ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)} at the start. Per cent of the passages that are there: right place, wrong place, exact span; of those that are gone: anchored all the same.`,
);
const texts = readTexts(say);
print(measureSpeed(texts, values.quick ? 50 : 1_000, peers?.search ?? null));
const rounds = values.quick ? 3 : 25;
const half = (odd: boolean) => texts.filter((_, at) => (at % 2 === 1) === odd);
if (texts.length > 1) {
  print(
    measureMutations(
      'Seeded edits, the texts that limits were chosen on.',
      half(false),
      texts,
      rounds,
      0,
      peers,
    ),
  );
  print(measureMutations('Seeded edits, other texts.', half(true), texts, rounds, 1_000_000, peers));
} else print(measureMutations('Seeded edits of our own sample.', texts, texts, rounds, 0, peers));
const files = values.quick ? 5 : 25;
const chosen = folders(values.chosen);
const history = folders(values.history);
if (chosen.length > 0)
  print(
    measureHistories('Real revisions, the histories that limits were chosen on.', chosen, files, peers, say),
  );
if (history.length > 0)
  print(measureHistories('Real revisions, other histories.', history, files, peers, say));
else say('No --history given (git directories of prose, comma separated): real revisions are not measured.');
