import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { database } from '../../db/client';
import { readMailQueue } from '../../db/health';
import { log } from '../log';

/** What a process says of its sockets and notes when it is asked. */
export type DoorCounts = { live: number; sync: number; rooms: number };

type Metrics = {
  readonly registry: Registry;
  readonly requests: Histogram<'operation' | 'status'>;
  readonly updates: Counter;
  readonly batches: Histogram;
  countDoors: () => DoorCounts;
};

const HELD = Symbol.for('gloss.metrics');
type Holder = { [HELD]?: Metrics };

/** The measures of this process, where both copies of this module (ours and Next's) find them. */
function metrics(): Metrics {
  const holder = globalThis as Holder;
  holder[HELD] ??= createMetrics();
  return holder[HELD];
}

function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const self: Metrics = {
    registry,
    requests: new Histogram({
      name: 'gloss_http_request_duration_seconds',
      help: 'Time from a request to the beginning of its answer, by operation of the API (or page) and status',
      labelNames: ['operation', 'status'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    updates: new Counter({
      name: 'gloss_note_updates_total',
      help: 'Updates of notes that were committed to their logs',
      registers,
    }),
    batches: new Histogram({
      name: 'gloss_note_log_batch_seconds',
      help: 'Time that Postgres took to commit one batch of updates of notes',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    countDoors: () => ({ live: 0, sync: 0, rooms: 0 }),
  };
  new Gauge({
    name: 'gloss_sockets',
    help: 'Open sockets: live feeds of projects, and notes',
    labelNames: ['kind'],
    registers,
    collect() {
      const { live, sync } = self.countDoors();
      this.set({ kind: 'live' }, live);
      this.set({ kind: 'sync' }, sync);
    },
  });
  new Gauge({
    name: 'gloss_note_rooms',
    help: 'Notes that are open in this process',
    registers,
    collect() {
      this.set(self.countDoors().rooms);
    },
  });
  new Gauge({
    name: 'gloss_pg_pool_connections',
    help: 'Connections of the pool: all, those that are idle, and requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = database().$client;
      this.set({ state: 'total' }, totalCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  registerMails(registry);
  return self;
}

/** What waits in the database is the same for all processes; each says it. */
function registerMails(registry: Registry): void {
  const due = new Gauge({
    name: 'gloss_notice_mails_due',
    help: 'Mails about notices that should have been sent by now',
    registers: [registry],
    async collect() {
      try {
        const queue = await readMailQueue(database());
        due.set(queue.due);
        gaveUp.set(queue.gaveUp);
      } catch (error) {
        // The rest is still worth telling, most of all when the database is away.
        log.warn({ err: error }, 'mails that wait could not be counted');
        due.set(Number.NaN);
        gaveUp.set(Number.NaN);
      }
    },
  });
  const gaveUp = new Gauge({
    name: 'gloss_notice_mails_gave_up',
    help: 'Mails about notices that were given up in the last seven days',
    registers: [registry],
  });
}

/** Notes how long a request took, in seconds; `operation` is from our own lists. */
export function observeRequest(operation: string, status: number, seconds: number): void {
  metrics().requests.observe({ operation, status }, seconds);
}

/** Times the commit of one batch of so many updates of notes. */
export async function measureBatch<T>(updates: number, write: () => Promise<T>): Promise<T> {
  const end = metrics().batches.startTimer();
  const written = await write();
  end();
  metrics().updates.inc(updates);
  return written;
}

/** Says who counts the sockets and notes of this process. */
export function countDoorsBy(count: () => DoorCounts): void {
  metrics().countDoors = count;
}

/** All measures of this process in Prometheus' text format, and its content type. */
export async function tellMetrics(): Promise<{ type: string; text: string }> {
  const { registry } = metrics();
  return { type: registry.contentType, text: await registry.metrics() };
}
