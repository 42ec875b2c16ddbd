import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '@/lib/live/close-codes';
import { SyncPair } from '@/tests/support/sync-pair';
import { SyncPlace } from '@/tests/support/sync-processes';
import { SeededNote } from './convergence-note';
import { type Blow, blowsOf, TURNS } from './convergence-script';

/** The first seed, and how many. */
const SEED = Number(process.env.GLOSS_SEED ?? 0);
const SEEDS = Number(process.env.GLOSS_SEEDS ?? 200);
/** Notes that share two processes and what befalls them. */
const BATCH = 40;
const PEOPLE = 10;
const TURN_MS = 40;
/** The writers go on for so many turns while a blow lands; then they wait, so that none comes after they are done. */
const MOST_AHEAD = 16;
/** For so many turns a process stands still, or the database is slow or away. */
const SLOW_TURNS = 6;
/** How long a process may still stumble over a database that went away, once it is back. */
const AFTERMATH_MS = 3_000;
const PATIENCE_MS = 120_000;

let place: SyncPlace;

beforeAll(async () => {
  // Each stock provider listens for the end of the process.
  process.setMaxListeners(0);
  place = await SyncPlace.open({ people: PEOPLE, notes: SEEDS });
});
afterAll(() => place.close());

/** Several notes over the same two processes, and what befalls these. */
class Batch {
  readonly pair: SyncPair;
  readonly notes: readonly SeededNote[];
  readonly #number: number;
  #turn = 0;
  /** The turn of the blow that has not landed yet. */
  #struckAt = Number.POSITIVE_INFINITY;
  /** Until when the database counts as away, `performance.now()`. */
  #awayUntil = 0;

  constructor(number: number, pair: SyncPair, seeds: readonly number[]) {
    this.#number = number;
    this.pair = pair;
    this.notes = seeds.map(
      (seed) => new SeededNote(place, pair, seed, place.noteIds[seed - SEED] ?? '', this.#mayClose),
    );
  }

  /** A process that is killed says nothing, one that stops says so, and one without a database lets nobody in. */
  readonly #mayClose = (code: number, reason: string): boolean =>
    code === 1006 ||
    // A writer and somebody who saw what they wrote came back to two processes after a kill: one is let go, to come back.
    (code === CLOSE.accessChanged && reason === 'somebody else writes under the same id') ||
    code === CLOSE.shuttingDown ||
    (performance.now() < this.#awayUntil &&
      code === CLOSE.accessChanged &&
      ['not let in', 'the note could not be opened'].includes(reason));

  async run(): Promise<void> {
    const ends = await Promise.allSettled([this.#play(), this.#strike()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    for (const note of this.notes) note.gather();
    await this.#wait(this.notes, (note) => note.isSettled, 'did not come to the same note');
    for (const note of this.notes) await note.checkPromises(note.promised(), 'in the end');
    const guests = this.notes.flatMap((note) => note.newcomers().map((guest) => ({ note, guest })));
    await this.#wait(guests, ({ note, guest }) => note.isSame(guest), 'gave a newcomer another note');
    for (const note of this.notes) {
      note.checkTold();
      await note.checkStored();
    }
  }

  async #play(): Promise<void> {
    try {
      for (; this.#turn < TURNS; this.#turn++) {
        for (const note of this.notes) note.play(this.#turn);
        await delay(TURN_MS);
        while (this.#turn >= this.#struckAt + MOST_AHEAD) await delay(5);
      }
    } finally {
      this.#turn = TURNS;
    }
  }

  async #strike(): Promise<void> {
    try {
      for (const blow of blowsOf(this.#number)) {
        this.#struckAt = blow.turn;
        await this.#until(blow.turn);
        await this.#land(blow);
      }
    } finally {
      this.#struckAt = Number.POSITIVE_INFINITY;
    }
  }

  async #until(turn: number): Promise<void> {
    while (this.#turn < Math.min(turn, TURNS)) await delay(5);
  }

  async #land(blow: Blow): Promise<void> {
    const { kind, slot, turns, turn, isDouble } = blow;
    const { pair } = this;
    if (kind === 'kill' || kind === 'kill both' || kind === 'stop') {
      const slots = kind === 'kill both' ? [0, 1] : [slot];
      const end = () => this.#end(slots, kind === 'stop' ? 'SIGTERM' : 'SIGKILL', `${kind} at ${turn}`);
      if (isDouble && kind !== 'stop') await pair.holdUp(() => this.#until(turn + SLOW_TURNS).then(end));
      else await end();
      await this.#until(turn + turns);
      await Promise.all(slots.map((one) => pair.start(one)));
    } else if (kind === 'freeze') {
      pair.signal(slot, 'SIGSTOP');
      await this.#until(turn + SLOW_TURNS + turns);
      pair.signal(slot, 'SIGCONT');
    } else if (kind === 'postgres') await this.#restartPostgres(blow);
    else if (kind === 'cut off') await pair.cutOff();
    else for (const note of this.notes) await note.compact();
  }

  /** What was called saved until the very moment must be there when they are gone. */
  async #end(slots: readonly number[], signal: 'SIGKILL' | 'SIGTERM', when: string): Promise<void> {
    const check = this.#promises(when);
    await Promise.all(slots.map((slot) => this.pair.end(slot, signal)));
    await check();
  }

  #promises(when: string): () => Promise<void> {
    const promised = this.notes.map((note) => ({ note, promised: note.promised() }));
    return async () => {
      for (const one of promised) await one.note.checkPromises(one.promised, when);
    };
  }

  async #restartPostgres({ turn, atOnce, isDouble }: Blow): Promise<void> {
    const { pair } = this;
    let check = this.#promises(`Postgres restarted at ${turn}`);
    this.#awayUntil = Number.POSITIVE_INFINITY;
    await place.restartPostgres({
      atOnce,
      meanwhile: async () => {
        await this.#until(turn + SLOW_TURNS);
        check = this.#promises(`Postgres restarted at ${turn}${isDouble ? ' and all killed' : ''}`);
        if (isDouble) await Promise.all([pair.end(0, 'SIGKILL'), pair.end(1, 'SIGKILL')]);
      },
    });
    this.#awayUntil = performance.now() + AFTERMATH_MS;
    await check();
    if (isDouble) await Promise.all([pair.start(0), pair.start(1)]);
  }

  /** Waits until it holds for all; says what is wrong with the notes for which it does not. */
  async #wait<T extends SeededNote | { note: SeededNote }>(
    all: readonly T[],
    holds: (one: T) => boolean,
    fault: string,
  ): Promise<void> {
    let left = [...all];
    await vi
      .waitFor(
        () => {
          left = left.filter((one) => !holds(one));
          if (left.length > 0) throw new Error(`${left.length} are not there yet`);
        },
        { timeout: PATIENCE_MS, interval: 100 },
      )
      .catch(() => {
        for (const one of left) {
          const note = one instanceof SeededNote ? one : one.note;
          note.faults.push(`${fault}:\n${note.describe()}`);
        }
      });
  }
}

const replay = (seed: number, seeds: number) =>
  `GLOSS_SEED=${seed} GLOSS_SEEDS=${seeds} npm test tests/server/sync/convergence-seeds.test.ts`;

const batches = new Map<number, number[]>();
for (let seed = SEED; seed < SEED + SEEDS; seed++) {
  const batch = Math.floor(seed / BATCH);
  batches.set(batch, [...(batches.get(batch) ?? []), seed]);
}

describe('Whatever people write and whichever process or database falls', () => {
  it.each([...batches])(
    'in batch %i all end with one note, and nothing called saved is lost',
    {
      timeout: 1_200_000,
    },
    async (number, seeds) => {
      const batch = new Batch(number, await SyncPair.open(place), seeds);
      try {
        await batch.run();
      } finally {
        for (const note of batch.notes) note.close();
        await batch.pair.close();
      }
      const faults = batch.notes.flatMap((note) => {
        const found = note.report().map((fault) => `seed ${note.seed}: ${fault}`);
        return found.length > 0 ? [...found, `  alone: ${replay(note.seed, 1)}`] : [];
      });
      faults.push(...batch.pair.faults);
      if (faults.length > 0) {
        const again = replay(seeds[0] ?? 0, seeds.length);
        expect.fail(`${faults.join('\n')}\n\nTogether: ${again}\n\n${batch.pair.output().slice(-4_000)}`);
      }
    },
  );
});
