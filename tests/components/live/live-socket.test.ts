import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import { LiveSocket, type LiveSocketNeeds, NOWHERE } from '@/components/live/live-socket';
import type { LiveMessage, LiveRequest } from '@/lib/live/protocol';
import { annotationOf, eventOf } from './project-fixture';

let server: WebSocketServer;
let peers: { peer: Peer; after: number; said: LiveRequest[] }[];
let socket: LiveSocket | undefined;
let answersPings: boolean;

beforeEach(async () => {
  peers = [];
  answersPings = true;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (peer, request) => {
    const said: LiveRequest[] = [];
    peers.push({ peer, after: Number(new URL(request.url ?? '', 'ws://x').searchParams.get('after')), said });
    peer.on('message', (data) => {
      const message = JSON.parse(String(data)) as LiveRequest;
      said.push(message);
      if (message.type === 'ping' && answersPings) tell(peer, { type: 'pong' });
    });
  });
  await vi.waitFor(() => expect(server.address()).not.toBeNull());
});
afterEach(() => {
  socket?.close();
  for (const client of server.clients) client.terminate();
  server.close();
});

const tell = (peer: Peer, message: LiveMessage) => peer.send(JSON.stringify(message));
const event = (id: number): LiveMessage => ({
  type: 'event',
  event: eventOf(id, { type: 'annotation.created', subject: annotationOf() }),
});
const ready: LiveMessage = { type: 'ready', after: 2, connectionId: 'c', role: 'editor' };

function open(over: Partial<LiveSocketNeeds> = {}) {
  const seen = {
    batches: [] as number[][],
    connections: [] as string[],
    because: [] as (string | undefined)[],
  };
  let cursor = 0;
  socket = new LiveSocket({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo | null)?.port}/live/project`,
    after: () => cursor,
    onEvents: (events) => {
      seen.batches.push(events.map(({ id }) => id));
      cursor = events.at(-1)?.id ?? cursor;
    },
    onMessage: () => seen.connections.push('ready'),
    onConnection: (connection, because) => {
      seen.connections.push(connection);
      seen.because.push(because);
    },
    random: () => 0,
    timing: { first: 20, longest: 100, ping: 60_000 },
    ...over,
  });
  return seen;
}
const peerAt = (index: number) =>
  vi.waitFor(() => {
    const found = peers[index];
    if (found === undefined) throw new Error(`Connection ${index} is not there yet`);
    return found;
  });

test('the replay comes as one batch, later events one by one, and after a loss only what was missed is asked for', async () => {
  const seen = open();
  const first = await peerAt(0);
  for (const message of [event(1), event(2), ready, event(3)]) tell(first.peer, message);
  await vi.waitFor(() => expect(seen.batches).toEqual([[1, 2], [3]]));
  first.peer.close(4503);
  const second = await peerAt(1);
  expect(second.after).toBe(3);
});

test('a replay that breaks off is asked for again from its beginning', async () => {
  const seen = open();
  const first = await peerAt(0);
  tell(first.peer, event(1));
  first.peer.terminate();
  const second = await peerAt(1);
  expect(second.after).toBe(0);
  for (const message of [event(1), event(2), ready]) tell(second.peer, message);
  await vi.waitFor(() => expect(seen.batches).toEqual([[1, 2]]));
});

test('after a final close code it stays away and says why', async () => {
  const seen = open();
  const first = await peerAt(0);
  first.peer.close(4403);
  await vi.waitFor(() => expect(seen.connections.at(-1)).toBe('closed'));
  expect(seen.because.at(-1)).toMatch(/no longer have access/);
  socket?.reopen();
  expect(peers).toHaveLength(1);
});

test('it says where the page is when it connects, when that changes, and again after a loss', async () => {
  open();
  const first = await peerAt(0);
  tell(first.peer, ready);
  const at = { ...NOWHERE, sourceId: 'here' };
  await vi.waitFor(() => expect(first.said).toHaveLength(1));
  socket?.setWhereabouts(at);
  await vi.waitFor(() => expect(first.said.at(-1)).toEqual({ type: 'presence', at }));
  first.peer.close(4500);
  const second = await peerAt(1);
  tell(second.peer, ready);
  await vi.waitFor(() => expect(second.said).toEqual([{ type: 'presence', at }]));
});

test('a line on which nothing comes back any more is given up', async () => {
  answersPings = false;
  open({ timing: { first: 20, longest: 100, ping: 40 } });
  await peerAt(0);
  await peerAt(1);
});

test('a server that is away is tried again until it is there', async () => {
  const port = (server.address() as AddressInfo).port;
  server.close();
  await vi.waitFor(() => expect(server.address()).toBeNull());
  const seen = open({ url: `ws://127.0.0.1:${port}/live/project` });
  await vi.waitFor(() => expect(seen.connections).toContain('offline'));
  server = new WebSocketServer({ port, host: '127.0.0.1' });
  server.on('connection', (peer) => tell(peer, ready));
  await vi.waitFor(() => expect(seen.connections.at(-1)).toBe('ready'));
});

test.each([
  [4529, 'too many sockets', /^Gloss is open in too many tabs\. Close some,/],
  [4529, 'too many rooms a minute', /^Too many pages were opened within a minute\./],
  [4529, 'too many messages', /^This page sent too much at once\./],
  [4508, 'too slow', /^This connection is too slow/],
])('turned away with %d, %s, it says what to do, until it is let in', async (code, reason, words) => {
  const seen = open();
  const first = await peerAt(0);
  first.peer.close(code, reason);
  const second = await peerAt(1);
  expect(seen.connections.at(-1)).toBe('offline');
  expect(seen.because.at(-1)).toMatch(words);
  tell(second.peer, ready);
  await vi.waitFor(() => expect(seen.connections.at(-1)).toBe('ready'));
  second.peer.close(4503);
  await peerAt(2);
  expect(seen.because.at(-1)).toBe(undefined);
});
