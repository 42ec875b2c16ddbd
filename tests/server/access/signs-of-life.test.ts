import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createSignsOfLife, type SignsOfLife } from '@/server/access/signs-of-life';
import { Relay } from '@/tests/support/relay';
import { until } from '@/tests/support/socket';

const EVERY_MS = 100;

let http: ReturnType<typeof createServer>;
let server: WebSocketServer;
let signs: SignsOfLife;
let port: number;
const peers: WebSocket[] = [];

beforeEach(async () => {
  http = createServer();
  server = new WebSocketServer({ server: http });
  signs = createSignsOfLife(EVERY_MS);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  ({ port } = http.address() as AddressInfo);
});
afterEach(async () => {
  signs.stop();
  for (const peer of peers.splice(0)) peer.terminate();
  server.close();
  http.closeAllConnections();
  http.close();
  await once(http, 'close');
});

/** Somebody who opens a socket, and our end of it. */
async function meet(at = port): Promise<{ peer: WebSocket; ours: WebSocket; pings: () => number }> {
  const connected = once(server, 'connection');
  const peer = new WebSocket(`ws://127.0.0.1:${at}`);
  peer.on('error', () => undefined);
  peers.push(peer);
  let pings = 0;
  peer.on('ping', () => {
    pings++;
  });
  const [ours] = (await connected) as [WebSocket];
  if (peer.readyState !== WebSocket.OPEN) await once(peer, 'open');
  signs.expect(ours);
  return { peer, ours, pings: () => pings };
}

it('A peer that reads nothing more is cut off, and one that is only silent is kept', async () => {
  const [deaf, silent] = [await meet(), await meet()];
  deaf.peer.pause();
  await until(() => deaf.ours.readyState === WebSocket.CLOSED);
  const before = silent.pings();
  await until(() => silent.pings() > before + 3);
  expect(silent.ours.readyState).toBe(WebSocket.OPEN);
});

it('A peer whose line went dead without a word is cut off', async () => {
  const relay = await Relay.open(() => ({ host: '127.0.0.1', port }));
  const { ours } = await meet(relay.port);
  relay.mute();
  await until(() => ours.readyState === WebSocket.CLOSED);
  await relay.close();
});

it('A peer is not held to account while we do not read ourselves', async () => {
  const [paused, silent] = [await meet(), await meet()];
  paused.ours.pause();
  await until(() => silent.pings() > 5);
  expect(paused.ours.readyState).toBe(WebSocket.OPEN);
  paused.ours.resume();
  await until(() => paused.pings() > 3);
  expect(paused.ours.readyState).toBe(WebSocket.OPEN);
});

/** A socket whose peer answers no question, at a line that takes in as much of what waits as a test says. */
class SlowLine extends EventEmitter {
  readonly isPaused = false;
  isCut = false;
  constructor(public bufferedAmount: number) {
    super();
  }
  ping() {}
  terminate() {
    this.isCut = true;
  }
}

it('A peer on a slow line is kept while it takes in what it was sent, and cut off when it takes in nothing', () => {
  vi.useFakeTimers();
  const watched = createSignsOfLife(EVERY_MS);
  const line = new SlowLine(1_000_000);
  watched.expect(line as unknown as WebSocket);
  for (let turn = 0; turn < 20; turn += 1) {
    line.bufferedAmount -= 1_000;
    vi.advanceTimersByTime(EVERY_MS);
  }
  expect(line.isCut).toBe(false);
  vi.advanceTimersByTime(3 * EVERY_MS);
  expect(line.isCut).toBe(true);
  watched.stop();
  vi.useRealTimers();
});
