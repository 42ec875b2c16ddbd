import { join, resolve } from 'node:path';
import { type Connection, database } from '../db/client';
import { notify } from '../db/notify';
import { env } from '../env';
import { type Bus, type Channel, listen } from './events/listen';
import { createGateway, type Gateway } from './gateway';
import { createLiveHub } from './live/live-hub';
import { log } from './log';
import { countDoorsBy } from './metrics/metrics';
import { keepPoint } from './note-versions/keep-point';
import { settleNote } from './notes';
import { replayJournals } from './sync/journal-replay';
import { createNoteRooms } from './sync/note-rooms';

export type Doors = { readonly gateway: Gateway; close(): Promise<void> };

/** Opens what sockets lead to: the bus, the live feed, the note rooms, and the gateway in front. */
export async function openDoors(connection: Connection, origins: ReadonlySet<string>): Promise<Doors> {
  const journal = join(resolve(env().GLOSS_DATA_DIR), 'journal');
  // Before anybody comes back to a note and misses it.
  await replayJournals({ folder: journal, db: database(), log });
  const bus = await listen(connection);
  const hub = createLiveHub(bus);
  const rooms = createNoteRooms({
    db: database(),
    log,
    journal,
    onRest: async (key, rest) => {
      // First, so that whoever hears of the edit finds the point it made.
      await keepPoint(key, rest.userIds, new Date(), rest);
      await settleNote(key, rest);
    },
    subscribe: (hear) => hearOf(bus, 'gloss_note', hear),
    neighbours: {
      send: (payload) => notify(database(), 'gloss_carets', payload),
      subscribe: (hear) => hearOf(bus, 'gloss_carets', hear),
    },
  });
  const gateway = createGateway({ bus, hub, rooms, origins: () => origins });
  countDoorsBy(() => ({ ...gateway.stats(), rooms: rooms.stats().rooms }));
  return {
    gateway,
    async close() {
      gateway.close();
      await hub.close();
      await rooms.close();
      await bus.close();
    },
  };
}

/** Hears a channel, and null when the connection was lost and is back. */
function hearOf(bus: Bus, channel: Channel, hear: (payload: string | null) => void): () => void {
  const ends = [bus.on(channel, hear), bus.onGap(() => hear(null))];
  return () => {
    for (const end of ends) end();
  };
}
