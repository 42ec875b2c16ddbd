import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { database } from '../../db/client';
import { notify } from '../../db/notify';
import { Presence } from '../../lib/live/protocol';
import type { Bus } from '../events/listen';
import { log } from '../log';

/** A process says so often that its people are still there, in ms; after three silent turns they are gone. */
const BEAT = 8_000;
const GONE = 3 * BEAT;

const Report = z.object({
  from: z.string(),
  projectId: z.string(),
  person: Presence.nullable(),
  connectionId: z.string(),
});

export type PresenceBoard = {
  set(projectId: string, person: Presence): void;
  remove(projectId: string, connectionId: string): void;
  list(projectId: string): Presence[];
  close(): void;
};

type Entry = { person: Presence; heard: number; here: boolean };

/** Who has which page open, across processes: each tells the others by NOTIFY and repeats itself while it lives. */
export function createPresenceBoard(
  bus: Bus,
  changed: (projectId: string, people: Presence[]) => void,
): PresenceBoard {
  const self = randomUUID();
  const projects = new Map<string, Map<string, Entry>>();

  const list = (projectId: string) =>
    [...(projects.get(projectId)?.values() ?? [])].map((entry) => entry.person);

  function put(projectId: string, connectionId: string, entry: Entry | null): void {
    const people = projects.get(projectId) ?? new Map<string, Entry>();
    const before = people.get(connectionId);
    if (entry) people.set(connectionId, entry);
    else people.delete(connectionId);
    if (people.size > 0) projects.set(projectId, people);
    else projects.delete(projectId);
    if (JSON.stringify(before?.person) !== JSON.stringify(entry?.person)) changed(projectId, list(projectId));
  }

  function report(projectId: string, connectionId: string, person: Presence | null): void {
    notify(
      database(),
      'gloss_presence',
      JSON.stringify({ from: self, projectId, person, connectionId }),
    ).catch((error: Error) => log.warn({ err: error }, 'the other processes were not told who is here'));
  }

  const stop = bus.on('gloss_presence', (payload) => {
    const heard = Report.safeParse(JSON.parse(payload));
    if (!heard.success || heard.data.from === self) return;
    const { projectId, connectionId, person } = heard.data;
    put(projectId, connectionId, person && { person, heard: Date.now(), here: false });
  });

  const timer = setInterval(() => {
    for (const [projectId, people] of projects) {
      for (const [connectionId, entry] of people) {
        if (entry.here) report(projectId, connectionId, entry.person);
        else if (Date.now() - entry.heard > GONE) put(projectId, connectionId, null);
      }
    }
  }, BEAT);
  timer.unref();

  return {
    set(projectId, person) {
      put(projectId, person.connectionId, { person, heard: Date.now(), here: true });
      report(projectId, person.connectionId, person);
    },
    remove(projectId, connectionId) {
      if (!projects.get(projectId)?.has(connectionId)) return;
      put(projectId, connectionId, null);
      report(projectId, connectionId, null);
    },
    list,
    close() {
      clearInterval(timer);
      stop();
    },
  };
}
