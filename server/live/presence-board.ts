import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { database } from '../../db/client';
import { notifyAll } from '../../db/notify';
import type { PresenceChange } from '../../lib/live/presence';
import { Presence } from '../../lib/live/protocol';
import type { Bus } from '../events/listen';
import { log } from '../log';

/** A process says so often that its people are still there, in ms; after three silent turns they are gone. */
const BEAT = 8_000;
const GONE = 3 * BEAT;

/** People come in crowds: what became of them is told together, so many ms after the first. */
const GATHER = 100;
/** A payload of NOTIFY has under 8,000 bytes. */
const PAYLOAD_BYTES = 7_500;

const Report = z.object({
  from: z.string(),
  projectId: z.string(),
  people: z.array(Presence),
  gone: z.array(z.string()),
});

export type PresenceBoard = {
  set(projectId: string, person: Presence): void;
  remove(projectId: string, connectionId: string): void;
  list(projectId: string): Presence[];
  close(): void;
};

/** `heard` is by `performance.now()`: a clock that is put right must not send everybody away. */
type Entry = { person: Presence; heard: number; here: boolean };

/** Who has which page open, across processes: each tells the others by NOTIFY and repeats itself while it lives. */
export function createPresenceBoard(
  bus: Bus,
  changed: (projectId: string, change: PresenceChange) => void,
): PresenceBoard {
  const self = randomUUID();
  const projects = new Map<string, Map<string, Entry>>();
  /** What is to be told: to the pages here, and to other processes of the people here. */
  const changes = createGathering(GATHER, changed);
  const reports = createGathering(GATHER, report);

  const list = (projectId: string) =>
    [...(projects.get(projectId)?.values() ?? [])].map((entry) => entry.person);

  function put(projectId: string, connectionId: string, entry: Entry | null): void {
    const people = projects.get(projectId) ?? new Map<string, Entry>();
    const before = people.get(connectionId);
    if (entry) people.set(connectionId, entry);
    else people.delete(connectionId);
    if (people.size > 0) projects.set(projectId, people);
    else projects.delete(projectId);
    if (JSON.stringify(before?.person) !== JSON.stringify(entry?.person))
      changes.add(projectId, connectionId, entry?.person ?? null);
  }

  function report(projectId: string, { people, gone }: PresenceChange): void {
    const parts = inParts(people, gone).map((part) => JSON.stringify({ from: self, projectId, ...part }));
    notifyAll(database(), 'gloss_presence', parts).catch((error: Error) =>
      log.warn({ err: error }, 'the other processes were not told who is here'),
    );
  }

  const stop = bus.on('gloss_presence', (payload) => {
    const heard = Report.safeParse(JSON.parse(payload));
    if (!heard.success || heard.data.from === self) return;
    const { projectId, people, gone } = heard.data;
    for (const person of people)
      put(projectId, person.connectionId, { person, heard: performance.now(), here: false });
    for (const connectionId of gone) put(projectId, connectionId, null);
  });

  const timer = setInterval(() => {
    for (const [projectId, people] of projects) {
      for (const [connectionId, entry] of people) {
        if (entry.here) reports.add(projectId, connectionId, entry.person);
        else if (performance.now() - entry.heard > GONE) put(projectId, connectionId, null);
      }
    }
  }, BEAT);
  timer.unref();

  return {
    set(projectId, person) {
      put(projectId, person.connectionId, { person, heard: performance.now(), here: true });
      reports.add(projectId, person.connectionId, person);
    },
    remove(projectId, connectionId) {
      if (!projects.get(projectId)?.has(connectionId)) return;
      put(projectId, connectionId, null);
      reports.add(projectId, connectionId, null);
    },
    list,
    close() {
      clearInterval(timer);
      stop();
      changes.stop();
      reports.flush();
    },
  };
}

/** Gathers what becomes of pages, the last word on each, and hands it on a little later, a project at a time. */
function createGathering(ms: number, hand: (projectId: string, change: PresenceChange) => void) {
  const waiting = new Map<string, Map<string, Presence | null>>();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const flush = () => {
    stop();
    const all = [...waiting];
    waiting.clear();
    for (const [projectId, pages] of all) {
      const people = [...pages.values()].filter((person) => person !== null);
      const gone = [...pages].flatMap(([connectionId, person]) => (person === null ? [connectionId] : []));
      hand(projectId, { people, gone });
    }
  };
  return {
    add(projectId: string, connectionId: string, person: Presence | null) {
      const pages = waiting.get(projectId) ?? new Map<string, Presence | null>();
      waiting.set(projectId, pages.set(connectionId, person));
      timer ??= setTimeout(flush, ms);
    },
    flush,
    stop,
  };
}

/** A change in parts that each fit one NOTIFY. */
function inParts(people: readonly Presence[], gone: readonly string[]): PresenceChange[] {
  const parts: { people: Presence[]; gone: string[] }[] = [];
  let left = 0;
  const room = (bytes: number) => {
    if (parts.length === 0 || bytes > left) {
      parts.push({ people: [], gone: [] });
      left = PAYLOAD_BYTES - 200;
    }
    left -= bytes;
    return parts.at(-1);
  };
  for (const person of people) room(Buffer.byteLength(JSON.stringify(person)) + 1)?.people.push(person);
  for (const connectionId of gone) room(connectionId.length + 3)?.gone.push(connectionId);
  return parts;
}
