import { type Pair, type Passage, Relay } from '../../tests/support/relay';
import { seeded } from '../../tests/support/sync-processes';
import { failuresOf, type Outcome, on, type Row } from './row';
import { pause } from './waiting';

/** How a line misdelivers what clients send: shares of their messages. */
const REPEATED = 0.05;
const SWAPPED = 0.05;
const CUT = 0.002;

export type Mishaps = { repeated: number; swapped: number; cut: number };

/** The length of the whole websocket frame that bytes begin with, of a client and so masked; 0 when it is not all there. */
function frameLength(bytes: Buffer): number {
  if (bytes.length < 2) return 0;
  const short = (bytes[1] ?? 0) & 0x7f;
  const [head, length] =
    short < 126
      ? [6, short]
      : short === 126
        ? [8, bytes.length < 4 ? Number.POSITIVE_INFINITY : bytes.readUInt16BE(2)]
        : [14, bytes.length < 10 ? Number.POSITIVE_INFINITY : Number(bytes.readBigUInt64BE(2))];
  return head + length <= bytes.length ? head + length : 0;
}

/** Repeats messages three times, swaps neighbours, and breaks connections off within one. */
function misdeliver(random: () => number, counted: Mishaps): Passage {
  const states = new WeakMap<Pair, { rest: Buffer; isOpen: boolean; held: Buffer | null }>();
  return (bytes, on, pair) => {
    const state = states.get(pair) ?? { rest: Buffer.alloc(0), isOpen: false, held: null };
    states.set(pair, state);
    state.rest = Buffer.concat([state.rest, bytes]);
    if (!state.isOpen) {
      const end = state.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      on(state.rest.subarray(0, end + 4));
      state.rest = state.rest.subarray(end + 4);
      state.isOpen = true;
    }
    for (let length = frameLength(state.rest); length > 0; length = frameLength(state.rest)) {
      const frame = state.rest.subarray(0, length);
      state.rest = state.rest.subarray(length);
      const chance = random();
      if (chance < CUT) {
        counted.cut++;
        on(frame.subarray(0, length >> 1));
        pair.far.end();
        pair.near.destroy();
        return;
      }
      if (chance < CUT + SWAPPED && state.held === null) {
        counted.swapped++;
        state.held = frame;
        continue;
      }
      const times = chance > 1 - REPEATED ? 3 : 1;
      if (times > 1) counted.repeated++;
      for (let time = 0; time < times; time++) on(frame);
      if (state.held !== null) on(state.held);
      state.held = null;
    }
  };
}

const delivery: Row['run'] = async ({ quick, open }) => {
  const counted: Mishaps = { repeated: 0, swapped: 0, cut: 0 };
  const ports = [0, 0];
  const relays = await Promise.all(
    [0, 1].map((slot) =>
      Relay.open(
        () => ({ host: '127.0.0.1', port: ports[slot] ?? 0 }),
        misdeliver(seeded(7 + slot), counted),
      ),
    ),
  );
  const urls = relays.map(({ port }) => `http://127.0.0.1:${port}`);
  try {
    // A server answers for no other host than its own.
    const opening = open({ env: (slot) => ({ GLOSS_URL: urls[slot] ?? '' }) });
    return await on(opening, async (stage): Promise<Outcome> => {
      for (const slot of [0, 1]) ports[slot] = Number(new URL(stage.pair.at(slot).url).port);
      for (const writer of stage.writers) writer.goThrough({ url: urls[writer.home] ?? '' });
      await pause(quick ? 8_000 : 60_000);
      const done = await stage.finish();
      return {
        times: `${counted.repeated} × 3, ${counted.swapped} swapped, ${counted.cut} cut`,
        done,
        goesOn: '–',
        others: 'all copies equal, each letter once',
        failures: failuresOf({
          'something that was called saved is gone': done.lost === 0,
          'the line was too good': counted.repeated > 0 && counted.swapped > 0,
        }),
      };
    });
  } finally {
    for (const relay of relays) await relay.close();
  }
};

/** What befalls the lines of clients. */
export const DELIVERY: Record<string, Row> = {
  delivery: { title: 'Messages come three times, in another order, or half', run: delivery },
};
