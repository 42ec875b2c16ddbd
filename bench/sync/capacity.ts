import { gather, pause, type Room, type Seat, Tally, until } from './crowd';
import type { Shape } from './fan-out';
import { cpuOf } from './figures';
import type { OurPlace } from './our-place';
import { span, steadyClock } from './profile';
import type { Rooms, RunningServer } from './servers';

/** A socket of ours may send a thousand messages in one go: the next client goes on where one has typed so much. */
const LETTERS = 900;

export type Capacity = {
  /** Deliveries for each second of the server's CPU time. */
  perCpuSecond: number;
  postgresShare: number;
  /** The share of a core the server used: low when the harness was the slower one. */
  busy: number;
  deliveries: number;
  framesPerDelivery: number;
  doubles: number;
  closed: number;
};

/**
 * Each writer keeps so many letters in flight: it types the next one when one has reached all others. Measured
 * after the first tenth of what may be typed, for so many seconds or until a client has no more to type.
 */
export async function capacity(
  server: RunningServer,
  place: OurPlace,
  rooms: Rooms,
  shape: Shape,
  inFlight: number,
  seconds: number,
): Promise<Capacity> {
  const tally = new Tally();
  const made = await gather(server, await rooms(server.name, shape.rooms), shape.seats, LETTERS, tally);
  const seats = made.flatMap((room) => room.seats);
  for (const seat of seats) seat.open();
  await pause(1_500);
  let stopped = false;
  const desks = made.flatMap((room) => desksOf(room, shape.writers));
  let ended = false;
  for (const desk of desks) {
    const go = () => {
      if (stopped) return;
      const seat = desk.find((one) => one.sent < LETTERS);
      if (seat?.type() !== true) ended = true;
    };
    for (const seat of desk) seat.onReachedAll = go;
    for (let at = 0; at < inFlight; at++) go();
  }
  const typed = () => seats.reduce((sum, seat) => sum + seat.sent, 0);
  const all = desks.reduce((sum, desk) => sum + desk.length * LETTERS, 0);
  await until('the clients are warm', () => typed() > Math.min(all / 10, 4_000) || ended, 30_000);
  let [cpu, postgres] = [cpuOf(server.pid), place.postgresCpu()];
  const start = performance.now();
  span.from = steadyClock();
  tally.measuring = true;
  while (!ended && tally.closed === 0 && performance.now() < start + seconds * 1_000) await pause(10);
  tally.measuring = false;
  span.to = steadyClock();
  const took = performance.now() - start;
  cpu = cpuOf(server.pid) - cpu;
  postgres = place.postgresCpu() - postgres;
  stopped = true;
  for (const seat of seats) seat.leave();
  return {
    perCpuSecond: (tally.deliveries / cpu) * 1_000,
    postgresShare: postgres / cpu,
    busy: cpu / took,
    deliveries: tally.deliveries,
    framesPerDelivery: tally.frames / tally.deliveries,
    doubles: tally.doubles + tally.gaps,
    closed: tally.closed,
  };
}

/** The clients that take turns as one writer. */
function desksOf(room: Room, writers: number): Seat[][] {
  return Array.from({ length: writers }, (_, desk) =>
    room.seats.filter((seat) => seat.index % writers === desk),
  );
}
