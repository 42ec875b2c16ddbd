import type { KeptDb } from './kept-db';
import type { Queue, QueueNews } from './queue';

/** `kept`: it stands in the database; `loose`: only this page has it; `gone`: it was dealt with. */
type Here = 'loose' | 'kept' | 'gone';

/** The queue of one person's project in the browser's database, shared by all their pages. */
export function keptQueue(personId: string, projectId: string): Queue {
  const here = new Map<string, Here>();
  const name = `gloss-outbox:${personId}:${projectId}`;
  let channel: BroadcastChannel | undefined;
  const database = () => import('./kept-db').then((module) => module.keptDb());
  const of = { personId, projectId };
  const idOf = (key: string): [string, string, string] => [personId, projectId, key];

  /** What can't be written is still in this page's memory; the state line says so. */
  function write(work: (db: KeptDb) => Promise<unknown>, then: () => void = () => undefined): Promise<void> {
    return database()
      .then(work)
      .then(then)
      .catch((error: unknown) => console.warn('The browser could not keep what waits:', error));
  }
  const tell = (news: QueueNews) => channel?.postMessage(news);

  return {
    isKept: () => [...here.values()].every((state) => state !== 'loose'),
    async load() {
      try {
        const [{ rowsOf }, db] = [await import('./kept-db'), await database()];
        const [changes, refused] = await Promise.all([
          db.getAll('changes', rowsOf(personId, projectId)),
          db.getAll('refused', rowsOf(personId, projectId)),
        ]);
        const fresh = changes.filter(({ key }) => !here.has(key));
        for (const { key } of fresh) here.set(key, 'kept');
        return {
          changes: fresh.map(({ key, change, from }) => ({ key, change, from })),
          refused: refused.map(({ key, change, from, why, at }) => ({ key, change, from, why, at })),
        };
      } catch (error) {
        console.warn('The browser keeps nothing:', error);
        return { changes: [], refused: [] };
      }
    },
    add(pending) {
      here.set(pending.key, 'loose');
      void write(
        (db) => db.put('changes', { ...of, ...pending }),
        () => {
          if (here.get(pending.key) === 'loose') here.set(pending.key, 'kept');
        },
      );
    },
    async standing(key) {
      if (here.get(key) === 'loose') return 'waiting';
      try {
        const db = await database();
        if ((await db.getKey('changes', idOf(key))) !== undefined) return 'waiting';
        return (await db.getKey('refused', idOf(key))) === undefined ? 'sent' : 'refused';
      } catch {
        // Nothing to ask: sending twice does no harm, the server knows the id.
        return 'waiting';
      }
    },
    sent(key, told) {
      here.set(key, 'gone');
      return write(
        (db) => db.delete('changes', idOf(key)),
        () => tell({ type: 'sent', key, told }),
      );
    },
    refuse(entries) {
      for (const { key } of entries) here.set(key, 'gone');
      return write(
        async (db) => {
          const tx = db.transaction(['changes', 'refused'], 'readwrite');
          for (const entry of entries) {
            void tx.objectStore('refused').put({ ...of, ...entry });
            void tx.objectStore('changes').delete(idOf(entry.key));
          }
          await tx.done;
        },
        () => tell({ type: 'refused', entries }),
      );
    },
    letGo(keys) {
      void write(
        async (db) => {
          const tx = db.transaction('refused', 'readwrite');
          for (const key of keys) void tx.store.delete(idOf(key));
          await tx.done;
        },
        () => tell({ type: 'let-go', keys }),
      );
    },
    // Pages without a secure origin have no locks; the server takes the same id twice for one.
    alone: (work) => (navigator.locks === undefined ? work() : navigator.locks.request(name, work)),
    onNews(listener) {
      const open = new BroadcastChannel(name);
      channel = open;
      open.onmessage = ({ data }: MessageEvent<QueueNews>) => {
        if (data.type === 'sent') here.set(data.key, 'gone');
        if (data.type === 'refused') for (const { key } of data.entries) here.set(key, 'gone');
        listener(data);
      };
      return () => {
        open.close();
        if (channel === open) channel = undefined;
      };
    },
  };
}
