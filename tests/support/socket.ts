import './test-environment';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { afterChange } from '@/lib/live/presence';
import type { LiveMessage, Presence } from '@/lib/live/protocol';
import { openDoors } from '@/server/doors';
import type { TestDatabase } from '@/tests/support/database';
import { type Credentials, ORIGIN } from '@/tests/support/instance';

/** What the sockets of one process lead to, on a port of its own. */
export type Door = { readonly port: number; sockets(): number; stop(): Promise<void> };

/** Opens the socket door of a process that serves this database. */
export async function openDoor(database: TestDatabase): Promise<Door> {
  const doors = await openDoors(database.connection, new Set([ORIGIN]));
  const http = createServer((_, response) => response.writeHead(404).end());
  http.on('upgrade', doors.gateway.upgrade);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    port: (http.address() as AddressInfo).port,
    sockets: () => doors.gateway.stats().sockets,
    stop: async () => {
      await doors.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

/** One attempt to open a socket, and what came of it. */
export class Knock {
  readonly socket: WebSocket;
  /** What the server sent, in order: text as text, the rest as bytes. */
  readonly heard: (string | Uint8Array)[] = [];
  /** The HTTP status of a refused upgrade. */
  status: number | null = null;
  opened = false;
  code: number | null = null;
  /** When it closed, `performance.now()`. */
  closedAt = 0;

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('open', () => {
      this.opened = true;
    });
    this.socket.on('unexpected-response', (request, response) => {
      this.status = response.statusCode ?? 0;
      request.destroy();
    });
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.heard.push(isBinary ? Uint8Array.from(data) : String(data));
    });
    // A refused upgrade is an error too; the status says it better.
    this.socket.on('error', () => undefined);
    this.socket.on('close', (code) => {
      this.code = code;
      this.closedAt = performance.now();
    });
  }

  /** Waits until it is let in and told something, or is turned away: the HTTP status, the close code, or 101. */
  async answer(): Promise<number> {
    await until(() => this.status !== null || this.code !== null || this.heard.length > 0);
    return this.status ?? this.code ?? 101;
  }

  /** Waits until it is closed, and answers the code. */
  async ended(timeout = 10_000): Promise<number> {
    await until(() => this.code !== null, timeout);
    return this.code ?? 0;
  }

  /** The messages of a kind that were heard on a live socket. */
  said<T = Record<string, unknown>>(type: string): T[] {
    return this.heard
      .filter((one): one is string => typeof one === 'string')
      .map((text) => JSON.parse(text) as { type: string })
      .filter((message) => message.type === type) as T[];
  }

  /** Who is here, by what was heard on a live socket so far. */
  here(): Presence[] {
    let all: Presence[] = [];
    for (const heard of this.heard) {
      const message = typeof heard === 'string' ? (JSON.parse(heard) as LiveMessage) : null;
      if (message?.type === 'presence') all = message.people;
      else if (message?.type === 'presence-change') all = afterChange(all, message);
    }
    return all;
  }

  leave(): void {
    this.socket.terminate();
  }
}

/** Knocks at a door; by cookie it comes from a page of ours unless told otherwise. */
export function knockAt(
  door: Pick<Door, 'port'>,
  path: string,
  { cookie, token, origin = ORIGIN }: Credentials = {},
  extra: Record<string, string> = {},
): Knock {
  const url = new URL(path, `ws://127.0.0.1:${door.port}`);
  if (token !== undefined) url.searchParams.set('token', token);
  return new Knock(url.href, {
    ...(origin === null ? {} : { origin }),
    ...(cookie === undefined ? {} : { cookie: `gloss-session=${cookie}` }),
    ...extra,
  });
}

/** Waits for a condition, looking often. */
export async function until(condition: () => boolean | Promise<boolean>, timeout = 10_000): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`Waited in vain for ${condition}`);
    },
    { timeout, interval: 5 },
  );
}
