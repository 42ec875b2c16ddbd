import { type Capacity, capacity } from './capacity';
import { type Durability, interrupt } from './durability';
import { type FanOut, fanOut, SHAPES, type Shape } from './fan-out';
import { residentOf } from './figures';
import { type Connects, connects, type Idle, idle } from './idle';
import { type Opened, type Opening, openTrace } from './opening';
import { type Share, sharesOf } from './profile';
import { type Extent, inRounds, type Results } from './rounds';
import { profileIn, type ServerName } from './servers';
import { ratio, short, spread, table } from './tables';

const PEER: ServerName = 'y-websocket-server';

function rowsOf<T>(
  results: Results<T>,
  columns: readonly [title: string, cell: (own: readonly T[], peer: readonly T[]) => string][],
): string {
  const peer = results.get(PEER) ?? [];
  const rows = [...results].map(([name, own]) => [name, ...columns.map(([, cell]) => cell(own, peer))]);
  return table(['server', ...columns.map(([title]) => title)], rows);
}

function profileOf(extent: Extent): string {
  if (extent.profile === null || !extent.names.includes('Gloss')) return '';
  const { functions, parts } = sharesOf(profileIn(extent.profile), 25);
  const rows = (shares: readonly Share[]) => shares.map(({ name, percent }) => [name, percent.toFixed(1)]);
  const head = '% of its CPU';
  return `\n\nWhere our server spent its time:\n\n${table(['part', head], rows(parts))}\n\n${table(['function', head], rows(functions))}`;
}

const fanOutOf = (title: string, shape: Shape) => async (extent: Extent) => {
  const results = await inRounds(extent, title, extent.names, (server, rooms) =>
    fanOut(server, extent.place, rooms, shape, extent.seconds),
  );
  const faults = (all: readonly FanOut[]) =>
    all.map(({ lost, doubles, closed }) => lost + doubles + closed).reduce((sum, one) => sum + one, 0);
  const of = (key: keyof FanOut) => (all: readonly FanOut[]) => all.map((one) => one[key]);
  const said = rowsOf(results, [
    ['CPU ms / 1,000', (own) => spread(of('cpu')(own))],
    ['ratio', (own, peer) => ratio(of('cpu')(own), of('cpu')(peer))],
    ['p50 ms', (own) => spread(of('p50')(own))],
    ['p99 ms', (own) => spread(of('p99')(own))],
    ['frames / delivery', (own) => short(of('framesPerDelivery')(own)[0] ?? 0)],
    ['Postgres ms / 1,000', (own) => spread(of('postgres')(own))],
    ['faults', (own) => String(faults(own))],
  ]);
  const { rooms, seats, writers, perSecond } = shape;
  return `**${title}**: ${rooms} × ${seats} clients, ${writers} writers each at ${perSecond} letters/s${shape.carets ? ', a caret with each' : ''}\n\n${said}${profileOf(extent)}`;
};

const capacityOf = (title: string, shape: Shape) => async (extent: Extent) => {
  const results = await inRounds(extent, title, extent.names, (server, rooms) =>
    capacity(server, extent.place, rooms, shape, 4, extent.seconds),
  );
  const of = (key: keyof Capacity) => (all: readonly Capacity[]) => all.map((one) => one[key]);
  const said = rowsOf(results, [
    ['deliveries / CPU s', (own) => spread(of('perCpuSecond')(own))],
    ['ratio', (own, peer) => ratio(of('perCpuSecond')(own), of('perCpuSecond')(peer))],
    ['frames / delivery', (own) => short(of('framesPerDelivery')(own)[0] ?? 0)],
    ['of a core', (own) => spread(of('busy')(own))],
    ['Postgres CPU / its', (own) => spread(of('postgresShare')(own))],
    ['faults', (own) => String(own.reduce((sum, one) => sum + one.doubles + one.closed, 0))],
  ]);
  return `**${title}**: 4 letters in flight for each writer\n\n${said}${profileOf(extent)}`;
};

const STORING: readonly ServerName[] = ['y-websocket-server + leveldb', 'Hocuspocus + Postgres', 'Gloss'];

async function opening(extent: Extent): Promise<string> {
  const trace = extent.trace();
  const count = extent.quick ? 10 : 50;
  const names = extent.names.filter((name) => !name.startsWith('relay'));
  const results = await inRounds(
    { ...extent, rounds: Math.min(extent.rounds, 2) },
    'opening',
    names,
    (server, rooms, again) =>
      openTrace(server, STORING.includes(server.name) ? again : null, rooms, count, trace),
  );
  const of = (kind: 'cold' | 'warm', key: keyof Opening) => (all: readonly Opened[]) =>
    all.flatMap((one) => one[kind]?.[key] ?? []);
  const said = rowsOf(results, [
    ['cold p50 ms', (own) => spread(of('cold', 'p50')(own))],
    ['cold p95 ms', (own) => spread(of('cold', 'p95')(own))],
    ['cold CPU ms', (own) => spread(of('cold', 'cpu')(own))],
    ['MiB a document', (own) => spread(of('cold', 'memory')(own))],
    ['warm p50 ms', (own) => spread(of('warm', 'p50')(own))],
    ['warm CPU ms', (own) => spread(of('warm', 'cpu')(own))],
  ]);
  return `**opening**: ${trace.origin}, ${trace.whole.length} bytes as one update, ${count} documents of it, one after the other; cold is after a restart\n\n${said}`;
}

async function idling(extent: Extent): Promise<string> {
  const count = extent.quick ? 500 : 2_000;
  // Our server judges all its sockets again every 30 seconds: the long run holds one such time.
  const seconds = extent.quick ? 10 : 35;
  const results = await inRounds(
    { ...extent, rounds: Math.min(extent.rounds, 2) },
    'idle',
    extent.names,
    (server, rooms) => idle(server, extent.place, rooms, count, seconds),
  );
  const of = (key: keyof Idle) => (all: readonly Idle[]) => all.map((one) => one[key]);
  const said = rowsOf(results, [
    ['KiB / room', (own) => spread(of('kib')(own))],
    ['CPU % of a core', (own) => spread(of('cpu')(own))],
    ['Postgres CPU %', (own) => spread(of('postgres')(own))],
    ['faults', (own) => String(of('closed')(own).reduce((sum, one) => sum + one, 0))],
  ]);
  return `**idle**: ${count} rooms with one silent client each, ${seconds} seconds\n\n${said}`;
}

async function connecting(extent: Extent): Promise<string> {
  const count = extent.quick ? 800 : 3_000;
  const results = await inRounds(extent, 'connects', extent.names, (server, rooms) =>
    connects(server, extent.place, rooms, count),
  );
  const of = (key: keyof Connects) => (all: readonly Connects[]) => all.map((one) => one[key]);
  const said = rowsOf(results, [
    ['connects / s', (own) => spread(of('perSecond')(own))],
    ['ratio', (own, peer) => ratio(of('perSecond')(own), of('perSecond')(peer))],
    ['p99 ms', (own) => spread(of('p99')(own))],
    ['CPU ms', (own) => spread(of('cpu')(own))],
    ['Postgres CPU ms', (own) => spread(of('postgres')(own))],
    ['faults', (own) => String(of('closed')(own).reduce((sum, one) => sum + one, 0))],
  ]);
  return `**connects**: ${count} clients, 8 at once, into 50 small notes, until synced; only Gloss asks who they are\n\n${said}${profileOf(extent)}`;
}

async function surviving(extent: Extent): Promise<string> {
  const names = extent.names.filter((name) => STORING.includes(name));
  const lines: string[][] = [];
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const trials = signal === 'SIGKILL' && !extent.quick ? extent.rounds + 2 : extent.rounds;
    let trial = 0;
    const results = await inRounds(
      { ...extent, rounds: trials },
      signal,
      names,
      async (server, rooms, again) => {
        const [room = ''] = await rooms(server.name, 1);
        // Some stop within Hocuspocus' first ten seconds, some after.
        return interrupt(server, again, room, signal, extent.quick ? 4 : 3 + (trial++ % 3) * 4);
      },
    );
    for (const [name, all] of results) {
      const sum = (key: keyof Durability) => all.reduce((total, one) => total + one[key], 0);
      lines.push([
        name,
        signal,
        String(trials),
        String(sum('typed')),
        `${sum('lostAcked')} of ${sum('acked')}`,
        `${sum('lostSeen')} of ${sum('seen')}`,
        String(Math.max(...all.map((one) => one.lostSeen))),
      ]);
    }
  }
  const head = [
    'server',
    'signal',
    'trials',
    'typed',
    'lost though called saved',
    'lost though seen',
    'worst trial',
  ];
  return `**durability**: the server ended while somebody typed 20 letters/s, then started again\n\n${table(head, lines)}`;
}

async function crowded(extent: Extent): Promise<string> {
  const seconds = extent.quick ? 8 : 30;
  const names = extent.names.filter((name) => !name.includes('+') || name === 'Hocuspocus + Postgres');
  type Held = FanOut & { first: number; last: number };
  const results = await inRounds(
    { ...extent, rounds: Math.min(extent.rounds, 2) },
    'crowd',
    names,
    async (server, rooms): Promise<Held> => {
      const sizes: number[] = [];
      const each = () => sizes.push(residentOf(server.pid) / 1024);
      const held = await fanOut(server, extent.place, rooms, SHAPES.crowd, seconds, each);
      return { ...held, first: sizes[0] ?? Number.NaN, last: sizes.at(-1) ?? Number.NaN };
    },
  );
  const of = (key: keyof Held) => (all: readonly Held[]) => all.map((one) => one[key]);
  const said = rowsOf(results, [
    ['p50 ms', (own) => spread(of('p50')(own))],
    ['p99 ms', (own) => spread(of('p99')(own))],
    ['CPU ms / 1,000', (own) => spread(of('cpu')(own))],
    ['MiB at first', (own) => spread(of('first')(own))],
    ['MiB at last', (own) => spread(of('last')(own))],
    ['faults', (own) => String(own.reduce((sum, one) => sum + one.lost + one.doubles + one.closed, 0))],
  ]);
  return `**crowd**: one room of 500 readers and 5 writers at 8 letters/s, ${seconds} seconds\n\n${said}`;
}

/** What can be measured, in this order, each giving a piece of markdown. */
export const MEASURES = {
  notes: fanOutOf('notes', SHAPES.notes),
  tiptap: fanOutOf('tiptap', SHAPES.tiptap),
  bigroom: fanOutOf('bigroom', SHAPES.bigroom),
  'cap-notes': capacityOf('cap-notes', SHAPES.notes),
  'cap-bigroom': capacityOf('cap-bigroom', SHAPES.bigroom),
  opening,
  idle: idling,
  connects: connecting,
  durability: surviving,
  crowd: crowded,
} as const;
export type MeasureName = keyof typeof MEASURES;
