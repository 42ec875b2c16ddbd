import { setPersistence } from '@y/websocket-server/utils';
import { LeveldbPersistence } from 'y-leveldb';
import * as Y from 'yjs';
// The server brings a Yjs of its own, a major version later. Updates are the same in both.
import * as ServerY from './node_modules/@y/websocket-server/node_modules/yjs/src/index.js';

/** @y/websocket-server as it comes, in memory; with a folder as argument its notes are kept by y-leveldb. */
const [folder] = process.argv.slice(2);
if (folder !== undefined) {
  const store = new LeveldbPersistence(folder);
  setPersistence({
    provider: store,
    async bindState(name, doc) {
      const stored = await store.getYDoc(name);
      await store.storeUpdate(name, ServerY.encodeStateAsUpdate(doc));
      ServerY.applyUpdate(doc, Y.encodeStateAsUpdate(stored));
      doc.on('update', (update) => store.storeUpdate(name, update));
    },
    async writeState() {},
  });
}
await import('@y/websocket-server/server');
