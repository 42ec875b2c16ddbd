import { type Client, type Connection, openClient } from '../../db/client';
import { log } from '../log';

export const CHANNELS = [
  'gloss_event',
  'gloss_note',
  'gloss_carets',
  'gloss_access',
  'gloss_notice',
  'gloss_delivery',
  'gloss_presence',
] as const;
export type Channel = (typeof CHANNELS)[number];

export type Bus = {
  /** Hears the payloads of a channel until the returned function is called. */
  on(channel: Channel, hear: (payload: string) => void): () => void;
  /** Called after the connection was lost and is back: what was sent meanwhile is gone and must be looked up. */
  onGap(caught: () => void): () => void;
  close(): Promise<void>;
};

/** A LISTEN connection is asked for a sign so often, and given up when none comes for so long, in ms. */
const SIGNS = { every: 10_000, patience: 15_000 };

/**
 * Opens the one LISTEN connection of a process; it comes back by itself, also from a line that went dead without a word. NOTIFY is
 * sent at commit and never replayed.
 */
export async function listen(connection: Connection, signs = SIGNS): Promise<Bus> {
  const listeners = new Map<Channel, Set<(payload: string) => void>>(
    CHANNELS.map((channel) => [channel, new Set()]),
  );
  const gaps = new Set<() => void>();
  let client: Client | null = null;
  /** The same, while it listens and waits for no answer. */
  let heard: Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  /** One try at a time, and one that waits: a connection that fails may also say that it ended. */
  const again = (ms: number) => {
    clearTimeout(retry);
    if (!closed) retry = setTimeout(reconnect, ms);
  };

  /** Nothing is heard on a line that is dead, nor of its end: only a question that stays without an answer tells. */
  const answered = async (asked: Client, ask: () => Promise<unknown>) => {
    let isOver = false;
    const giveUp = () => {
      if (isOver) return;
      log.warn({}, 'the LISTEN connection gives no answer, and is opened anew');
      asked.end().catch((error: unknown) => log.debug({ err: error }, 'a LISTEN connection did not end'));
    };
    // Where this process itself stood still, the answer may be there, and is read first.
    const late = setTimeout(() => setImmediate(giveUp), signs.patience);
    try {
      await ask();
    } finally {
      isOver = true;
      clearTimeout(late);
    }
  };

  const connect = async () => {
    const next = openClient(connection);
    next.on('error', (error) => log.warn({ err: error }, 'the LISTEN connection failed'));
    next.on('end', () => {
      if (client !== next) return;
      client = null;
      again(250);
    });
    next.on('notification', ({ channel, payload }) => {
      for (const hear of listeners.get(channel as Channel) ?? []) hear(payload ?? '');
    });
    await next.connect();
    client = next;
    try {
      await answered(next, async () => {
        for (const channel of CHANNELS) await next.query(`listen ${channel}`);
      });
    } catch (error) {
      client = null;
      next.end().catch((fault: unknown) => log.debug({ err: fault }, 'a LISTEN connection did not end'));
      throw error;
    }
    heard = next;
  };
  const reconnect = async () => {
    if (closed) return;
    try {
      await connect();
      for (const caught of gaps) caught();
    } catch (error) {
      log.warn({ err: error }, 'the LISTEN connection is not back yet');
      again(1_000);
    }
  };
  await connect();

  const askForSign = async () => {
    const asked = heard;
    if (asked === null || asked !== client) return;
    heard = null;
    try {
      await answered(asked, () => asked.query('select 1'));
      heard ??= asked;
    } catch (error) {
      log.debug({ err: error }, 'the LISTEN connection was not there to be asked');
    }
  };
  const asking = setInterval(() => void askForSign(), signs.every);
  asking.unref();

  return {
    on(channel, hear) {
      listeners.get(channel)?.add(hear);
      return () => listeners.get(channel)?.delete(hear);
    },
    onGap(caught) {
      gaps.add(caught);
      return () => gaps.delete(caught);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(asking);
      await client?.end();
    },
  };
}
