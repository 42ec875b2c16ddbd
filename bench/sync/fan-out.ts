import { gather, pause, type Seat, Tally, until } from './crowd';
import { cpuOf } from './figures';
import type { OurPlace } from './our-place';
import { span, steadyClock } from './profile';
import type { Rooms, RunningServer } from './servers';

export type Shape = {
  readonly rooms: number;
  readonly seats: number;
  readonly writers: number;
  /** Letters a writer types in a second. */
  readonly perSecond: number;
  /** A caret that moves with every letter. */
  readonly carets: boolean;
};

export const SHAPES = {
  notes: { rooms: 40, seats: 5, writers: 2, perSecond: 8, carets: false },
  tiptap: { rooms: 40, seats: 5, writers: 2, perSecond: 8, carets: true },
  bigroom: { rooms: 1, seats: 100, writers: 10, perSecond: 8, carets: false },
  crowd: { rooms: 1, seats: 505, writers: 5, perSecond: 8, carets: false },
} as const satisfies Record<string, Shape>;

export type FanOut = {
  /** CPU of the server for a thousand deliveries, ms; of Postgres beside it. */
  cpu: number;
  postgres: number;
  p50: number;
  p99: number;
  deliveries: number;
  framesPerDelivery: number;
  lost: number;
  doubles: number;
  closed: number;
};

/** A server runs for days: what it does over and over is compiled by then. The same for all. */
const WARM_UP_SECONDS = 8;

/**
 * People type as people do, for so many seconds after some to warm up. `each` is called about once a second.
 * @throws Error when clients do not get in.
 */
export async function fanOut(
  server: RunningServer,
  place: OurPlace,
  rooms: Rooms,
  shape: Shape,
  seconds: number,
  each?: () => void,
): Promise<FanOut> {
  const tally = new Tally();
  const letters = Math.ceil((WARM_UP_SECONDS + seconds + 2) * shape.perSecond);
  const made = await gather(server, await rooms(server.name, shape.rooms), shape.seats, letters, tally);
  const writers = made.flatMap((room) => room.seats.slice(0, shape.writers));
  for (const writer of writers) writer.open();
  await pause(500);
  const typing = play(writers, shape, WARM_UP_SECONDS + seconds);
  await pause(WARM_UP_SECONDS * 1_000);
  let [cpu, postgres] = [cpuOf(server.pid), place.postgresCpu()];
  span.from = steadyClock();
  tally.measuring = true;
  const ticking = each && setInterval(each, 1_000);
  await pause(seconds * 1_000);
  tally.measuring = false;
  span.to = steadyClock();
  clearInterval(ticking);
  cpu = cpuOf(server.pid) - cpu;
  postgres = place.postgresCpu() - postgres;
  await typing;
  const missing = () =>
    writers.reduce(
      (sum, writer) =>
        sum +
        writer.room.seats.reduce(
          (all, seat) => all + (seat === writer ? 0 : writer.sent - seat.seenOf(writer.index)),
          0,
        ),
      0,
    );
  await until('all letters have come', () => missing() === 0, 15_000).catch(() => undefined);
  const lost = missing();
  for (const room of made) for (const seat of room.seats) seat.leave();
  return {
    cpu: (cpu / tally.deliveries) * 1_000,
    postgres: (postgres / tally.deliveries) * 1_000,
    p50: tally.delays.quantile(0.5),
    p99: tally.delays.quantile(0.99),
    deliveries: tally.deliveries,
    framesPerDelivery: tally.frames / tally.deliveries,
    lost,
    doubles: tally.doubles + tally.gaps,
    closed: tally.closed,
  };
}

/** Lets each writer type at its own moment of the beat. An editor tells the caret a little after the letter. */
async function play(writers: readonly Seat[], shape: Shape, seconds: number): Promise<void> {
  const beat = 1_000 / shape.perSecond;
  // Spread over the beat without order, the same in every run.
  const phases = writers.map((writer, at) => ({ writer, phase: ((at * 0.618_034) % 1) * beat }));
  phases.sort((a, b) => a.phase - b.phase);
  const start = performance.now();
  let moved: Seat[] = [];
  let [round, next] = [0, 0];
  while (round < seconds * shape.perSecond) {
    for (const seat of moved) seat.moveCaret();
    moved = [];
    for (;;) {
      const one = phases[next];
      if (one === undefined || start + round * beat + one.phase > performance.now()) break;
      one.writer.type();
      if (shape.carets) moved.push(one.writer);
      next++;
      if (next === phases.length) {
        next = 0;
        round++;
        break;
      }
    }
    await pause(1);
  }
  for (const seat of moved) seat.moveCaret();
}
