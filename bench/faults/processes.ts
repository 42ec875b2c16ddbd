import { vectorOf } from '../../tests/support/sync-processes';
import { failuresOf, type Outcome, on, type Row } from './row';
import type { Stage } from './stage';
import { pause, seconds, untilSo } from './waiting';
import type { Writer } from './writer';

/** What each of a server's writers had seen of others' letters. */
function seenBy(writers: readonly Writer[]): Map<number, number>[] {
  return writers.map(
    ({ typist: { doc } }) => new Map([...vectorOf(doc)].filter(([client]) => client !== doc.clientID)),
  );
}

/** Ends one server after the other by a signal, so many times, each time in the middle of writing. */
async function endAgainAndAgain(
  stage: Stage,
  times: number,
  signal: 'SIGKILL' | 'SIGTERM',
  say: (line: string) => void,
) {
  const { writers, pair } = stage;
  let [longest, slowestEnd, lost, seenLost, worst] = [0, 0, 0, 0, 0];
  for (let time = 0; time < times; time++) {
    const slot = time % 2;
    const away = stage.at(slot);
    const others = stage.at(1 - slot);
    await stage.goesOn();
    await pause((time * 37) % 120);
    stage.p99(others);
    const promised = writers.map((writer) => writer.promised);
    const began = performance.now();
    for (const writer of away) writer.turnTo(1 - slot);
    await pair.end(slot, signal);
    slowestEnd = Math.max(slowestEnd, performance.now() - began);
    const seen = seenBy(away);
    const goesOn = stage.goesOn(away).then(() => performance.now() - began);
    lost += await stage.missing(promised);
    longest = Math.max(longest, await goesOn);
    worst = Math.max(worst, stage.p99(others));
    if (signal === 'SIGTERM') seenLost += await missingOf(stage, away, seen);
    await pair.start(slot);
    for (const writer of away) writer.turnTo(slot, { atOnce: true });
    await untilSo('those at home there are back', () => away.every(({ typist }) => typist.provider.synced));
    if ((time + 1) % 10 === 0) say(`${time + 1} of ${times}`);
  }
  return { longest, slowestEnd, lost, seenLost, worst };
}

async function missingOf(stage: Stage, writers: readonly Writer[], seen: readonly Map<number, number>[]) {
  const wanted = stage.writers.map((writer) => seen[writers.indexOf(writer)] ?? new Map<number, number>());
  return stage.missing(wanted);
}

const ended =
  (signal: 'SIGKILL' | 'SIGTERM', most: number): Row['run'] =>
  ({ say, open, times }) =>
    on(open(), async (stage): Promise<Outcome> => {
      const count = times(most, 2);
      const found = await endAgainAndAgain(stage, count, signal, say);
      const done = await stage.finish();
      const isKill = signal === 'SIGKILL';
      return {
        times: `${count}`,
        done: { ...done, lost: done.lost + found.lost + found.seenLost },
        goesOn: seconds(found.longest),
        others: `p99 of the others' letters at worst ${Math.round(found.worst)} ms${isKill ? '' : `; ended after ${seconds(found.slowestEnd)} at most`}`,
        failures: failuresOf({
          'something that was called saved is gone': done.lost + found.lost === 0,
          'something that was seen is gone': found.seenLost === 0,
          'took over 10 s to end': isKill || found.slowestEnd <= 10_000,
        }),
      };
    });

/** A server stands still for a while, and goes on as if nothing had been. */
const frozen: Row['run'] = ({ quick, open }) =>
  on(open(), async (stage): Promise<Outcome> => {
    const still = quick ? 5_000 : 20_000;
    const others = stage.at(1);
    stage.p99(others);
    const promised = stage.writers.map((writer) => writer.promised);
    stage.pair.signal(0, 'SIGSTOP');
    await pause(still);
    const worst = stage.p99(others);
    stage.pair.signal(0, 'SIGCONT');
    const goesOn = await stage.goesOn();
    const missing = await stage.missing(promised);
    const done = await stage.finish();
    return {
      times: `1 × ${still / 1_000} s`,
      done: { ...done, lost: done.lost + missing },
      goesOn: seconds(goesOn),
      others: `p99 of the letters that came to the others ${Math.round(worst)} ms meanwhile`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost + missing === 0,
        'writing went on later than 10 s after': goesOn <= 10_000,
      }),
    };
  });

/** What befalls the servers themselves. */
export const PROCESSES: Record<string, Row> = {
  kill: { title: 'A server is killed (SIGKILL) in mid-writing', run: ended('SIGKILL', 50) },
  terminate: { title: 'A server is told to stop (SIGTERM)', run: ended('SIGTERM', 20) },
  frozen: { title: 'A server stands still (SIGSTOP)', run: frozen },
};
