import { pause, Room, Seat, Tally } from './crowd';
import { cpuOf, quantile, residentOf } from './figures';
import type { OurPlace } from './our-place';
import { span, steadyClock } from './profile';
import type { Rooms, RunningServer } from './servers';

/** What a room costs in which nobody does anything: KiB of memory, and for all of them CPU in percent of a core. */
export type Idle = { kib: number; cpu: number; postgres: number; closed: number };

/** Opens so many rooms with one client each and leaves them alone for so many seconds. */
export async function idle(
  server: RunningServer,
  place: OurPlace,
  rooms: Rooms,
  count: number,
  seconds: number,
): Promise<Idle> {
  const names = await rooms(server.name, count);
  const tally = new Tally();
  await pause(1_000);
  const before = residentOf(server.pid);
  const seats: Seat[] = [];
  for (let from = 0; from < count; from += 20) {
    const some = names.slice(from, from + 20).map((name, at) => {
      return new Seat(server, new Room(name, 0), 1, from + at, 0, tally);
    });
    seats.push(...some);
    await Promise.all(some.map((seat) => seat.synced));
  }
  await pause(5_000);
  const kib = (residentOf(server.pid) - before) / count;
  const [cpu, postgres] = [cpuOf(server.pid), place.postgresCpu()];
  await pause(seconds * 1_000);
  const used = (now: number, then: number) => (now - then) / seconds / 10;
  const result = {
    kib,
    cpu: used(cpuOf(server.pid), cpu),
    postgres: used(place.postgresCpu(), postgres),
    closed: tally.closed,
  };
  for (const seat of seats) seat.leave();
  return result;
}

/** What it takes to come in: from the TCP connection to synced. Milliseconds, and CPU ms for each. */
export type Connects = { perSecond: number; p99: number; cpu: number; postgres: number; closed: number };

/** Lets clients come and go, eight at a time, into 50 small notes. */
export async function connects(
  server: RunningServer,
  place: OurPlace,
  rooms: Rooms,
  count: number,
): Promise<Connects> {
  const names = await rooms(server.name, 50);
  const tally = new Tally();
  const homes = names.map((name, person) => new Seat(server, new Room(name, 100), 2, person, 100, tally));
  await Promise.all(homes.map((home) => home.synced));
  for (const home of homes) {
    home.open();
    for (let letter = 0; letter < 60; letter++) home.type();
  }
  await pause(1_500);
  for (const home of homes) home.leave();
  await pause(500);
  const times: number[] = [];
  let left = count;
  const [cpu, postgres] = [cpuOf(server.pid), place.postgresCpu()];
  span.from = steadyClock();
  const start = performance.now();
  const come = async () => {
    while (left-- > 0) {
      const from = performance.now();
      const seat = new Seat(server, new Room(names[left % 50] ?? '', 0), 1, left, 0, tally);
      await seat.synced;
      times.push(performance.now() - from);
      seat.leave();
    }
  };
  await Promise.all(Array.from({ length: 8 }, come));
  const took = performance.now() - start;
  span.to = steadyClock();
  return {
    perSecond: (count / took) * 1_000,
    p99: quantile(times, 0.99),
    cpu: (cpuOf(server.pid) - cpu) / count,
    postgres: (place.postgresCpu() - postgres) / count,
    closed: tally.closed,
  };
}
