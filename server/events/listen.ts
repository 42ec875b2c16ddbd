import { type Connection, openClient } from '../../db/client';
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

/** Opens the one LISTEN connection of a process; it comes back by itself. NOTIFY is sent at commit and never replayed. */
export async function listen(connection: Connection): Promise<Bus> {
  const listeners = new Map<Channel, Set<(payload: string) => void>>(
    CHANNELS.map((channel) => [channel, new Set()]),
  );
  const gaps = new Set<() => void>();
  let client: ReturnType<typeof openClient> | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  /** One try at a time, and one that waits: a connection that fails may also say that it ended. */
  const again = (ms: number) => {
    clearTimeout(retry);
    if (!closed) retry = setTimeout(reconnect, ms);
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
      for (const channel of CHANNELS) await next.query(`listen ${channel}`);
    } catch (error) {
      client = null;
      next.end().catch((fault: unknown) => log.debug({ err: fault }, 'a LISTEN connection did not end'));
      throw error;
    }
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
      await client?.end();
    },
  };
}
