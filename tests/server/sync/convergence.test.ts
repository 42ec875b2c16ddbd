import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { applyStored, NOTE_MESSAGE, readSaved } from '@/lib/notes/note-sync';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  grantFor,
  makePlace,
  type NoteServer,
  openTab,
  type Place,
  startServer,
  type Tab,
  textOf,
  until,
} from './note-server';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());

type Step =
  | { kind: 'insert'; who: number; at: number; text: string }
  | { kind: 'delete'; who: number; at: number; length: number }
  | { kind: 'leave' | 'return' | 'move'; who: number }
  | { kind: 'wait'; turns: number }
  | { kind: 'crash'; server: number };

const who = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      who,
      at: fc.nat(60),
      text: fc.string({ minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      who,
      at: fc.nat(60),
      length: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('leave' as const, 'return' as const, 'move' as const),
      who,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), server: fc.nat(1) }) },
);

async function stored(place: Place): Promise<Y.Doc> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, noteKeyOf(grantFor(place), place.noteId)));
  return doc;
}

/** Three people at two processes; a process may break off at any moment, as by kill -9. */
class World {
  readonly place: Place;
  readonly servers: NoteServer[];
  readonly tabs: Tab[] = [];
  readonly acked: Map<number, number>[] = [];
  /** Close codes after which a stock client does not come back: an honest one gets none. */
  readonly final: number[] = [];
  readonly #left: NoteServer[] = [];

  constructor(place: Place, servers: NoteServer[]) {
    this.place = place;
    this.servers = servers;
    for (let person = 0; person < 3; person++) {
      const server = servers[person % 2];
      if (!server) throw new Error('Two servers are needed');
      const tab = openTab(server, place, { ack: '1', person: `${person}` });
      const acked = new Map<number, number>();
      tab.provider.messageHandlers[NOTE_MESSAGE.saved] = (_encoder, decoder) => {
        for (const [client, clock] of readSaved(decoder).stateVector) acked.set(client, clock);
      };
      tab.provider.on('closed', ({ code }) => this.final.push(code));
      this.tabs.push(tab);
      this.acked.push(acked);
    }
  }

  async run(step: Step): Promise<void> {
    if (step.kind === 'wait') {
      for (let turn = 0; turn < step.turns; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
    } else if (step.kind === 'crash') {
      await this.#crash(step.server);
    } else {
      const tab = this.tabs[step.who];
      if (tab) this.#act(tab, step);
    }
  }

  #act({ text, provider }: Tab, step: Exclude<Step, { kind: 'wait' | 'crash' }>): void {
    if (step.kind === 'insert') text.insert(Math.min(step.at, text.length), step.text);
    else if (step.kind === 'delete') {
      const at = Math.min(step.at, text.length);
      text.delete(at, Math.min(step.length, text.length - at));
    } else if (step.kind === 'leave') provider.disconnect();
    else if (step.kind === 'return') provider.connect();
    else {
      const other = this.servers.find((server) => !provider.serverUrl.startsWith(server.url));
      if (other) provider.serverUrl = `${other.url}/sync/${this.place.projectId}`;
      provider.disconnect();
      provider.connect();
    }
  }

  async #crash(index: number): Promise<void> {
    const old = this.servers[index];
    if (!old) return;
    await old.breakOff();
    // Whatever anybody was told is saved is there for a process that knows nothing but the database.
    const there = Y.decodeStateVector(Y.encodeStateVector(await stored(this.place)));
    for (const acked of this.acked) {
      for (const [client, clock] of acked) expect(there.get(client) ?? 0).toBeGreaterThanOrEqual(clock);
    }
    const fresh = await startServer(database, this.place);
    this.servers[index] = fresh;
    this.#left.push(old);
    for (const { provider } of this.tabs) {
      if (provider.serverUrl.startsWith(old.url))
        provider.serverUrl = `${fresh.url}/sync/${this.place.projectId}`;
    }
  }

  async end(): Promise<void> {
    for (const tab of this.tabs) tab.close();
    await Promise.all(this.servers.map((server) => server.stop()));
    await Promise.all(this.#left.map((server) => server.rooms.close()));
  }
}

it('whatever three people do at two processes that crash and come back, all end with the same note', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const place = await makePlace(database.db);
      const world = new World(place, [
        await startServer(database, place),
        await startServer(database, place),
      ]);
      try {
        for (const one of steps) await world.run(one);
        for (const tab of world.tabs) tab.provider.connect();
        const texts = () => world.tabs.map((tab) => tab.text.toString());
        await until(
          () => world.tabs.every((tab) => tab.provider.synced) && new Set(texts()).size === 1,
          30_000,
        ).catch((error: unknown) => {
          throw new Error(`Texts ${JSON.stringify(texts())}, closed with ${world.final}`, { cause: error });
        });
        expect(world.final).toEqual([]);
        await until(async () => textOf(await stored(place)).toString() === texts()[0]);
      } finally {
        await world.end();
      }
    }),
    { numRuns: 20, seed: 20261, endOnFailure: true },
  );
});
