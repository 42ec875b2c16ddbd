import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { HonestRoom } from '../../tests/support/gate/honest-room';
import { HostileRoom } from '../../tests/support/gate/hostile-room';
import { Seeded } from '../../tests/support/gate/seeded';
import { type Cost, editing, measure, typing } from './cost';

const { values } = parseArgs({
  options: {
    /** How many hostile updates to send at the gate. */
    hostile: { type: 'string', default: '0' },
    /** How many honest ones. */
    honest: { type: 'string', default: '0' },
    /** The first room's seed; each room has one of its own. */
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
  },
});
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
const say = (line: string) => process.stdout.write(`${line}\n`);

function hostile(updates: number): number {
  const sum = { updates: 0, refused: 0, gaps: 0, applied: 0, caught: 0, violations: 0 };
  for (let seed = Number(values.seed); sum.updates < updates; seed++) {
    const room = new HostileRoom(new Seeded(seed));
    for (let step = 0; step < 200; step++) room.step();
    const { violations, ...counts } = room.counts;
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) sum[key] += counts[key];
    sum.violations += violations.length;
    for (const one of violations) say(`seed ${seed}: ${one}`);
    if (seed % 250 === 0) say(`… ${sum.updates} hostile updates, ${sum.violations} violations, ${seconds()}`);
  }
  say(
    `hostile: ${sum.updates} updates, ${sum.refused} refused, ${sum.gaps} with gaps, ${sum.applied} applied in part or whole, ` +
      `${sum.caught} caught afterwards, ${sum.violations} violations (${seconds()})`,
  );
  return sum.violations;
}

function honest(updates: number): number {
  const sum = { updates: 0, gaps: 0, withheld: 0, refused: 0, apart: 0 };
  for (let seed = Number(values.seed); sum.updates < updates; seed++) {
    const room = new HonestRoom(new Seeded(seed));
    for (let step = 0; step < 2_000; step++) room.step();
    if (!room.settle()) {
      sum.apart++;
      say(`seed ${seed}: people have different notes`);
    }
    const { counts } = room;
    sum.updates += counts.updates;
    sum.gaps += counts.gaps;
    sum.withheld += counts.withheld;
    sum.refused += counts.refused.length;
    for (const one of counts.refused) say(`seed ${seed}: refused ${one}`);
    if (seed % 20 === 0) say(`… ${sum.updates} honest updates, ${sum.refused} refused, ${seconds()}`);
  }
  say(
    `honest: ${sum.updates} updates, ${sum.refused} refused, ${sum.gaps} with gaps, ${sum.withheld} sections of others left to them, ` +
      `${sum.apart} rooms apart at the end (${seconds()})`,
  );
  return sum.refused + sum.apart;
}

const median = (numbers: readonly number[]) =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

function cost(): void {
  say(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, medians of ${values.rounds} rounds`);
  const traffic = { 'letters typed': typing(20_000), 'edits of six people': editing(8_000) };
  for (const [name, updates] of Object.entries(traffic)) {
    const rounds: Cost[] = Array.from({ length: Number(values.rounds) }, () => measure(updates));
    const judged = median(rounds.map((round) => round.judged));
    const applied = median(rounds.map((round) => round.applied));
    const ratio = median(rounds.map((round) => round.judged / round.applied));
    say(
      `${name}: ${judged.toFixed(1)} us the gate, ${applied.toFixed(1)} us applyUpdate, ratio ${ratio.toFixed(2)}`,
    );
  }
}

const [bad, good] = [Number(values.hostile), Number(values.honest)];
if (bad === 0 && good === 0) cost();
const wrong = (bad > 0 ? hostile(bad) : 0) + (good > 0 ? honest(good) : 0);
if (wrong > 0) process.exitCode = 1;
