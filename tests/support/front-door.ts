import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

export type FrontDoor = {
  readonly url: string;
  /** Where pages and the API are served. */
  pages: string[];
  /** Where sockets are served; one that refuses is passed over. */
  sockets: string[];
  close(): Promise<void>;
};

const addressOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** A reverse proxy as an operator would put in front: it takes turns, and says for whom it asks. */
export async function openFrontDoor(): Promise<FrontDoor> {
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, next(door.pages)));
  const open = new Set<Duplex>();
  let turn = 0;
  const next = (from: string[]) => from[turn++ % from.length] ?? '';

  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    const first = next(door.sockets);
    hand(incoming, socket, head, [first, ...door.sockets.filter((url) => url !== first)].filter(Boolean));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const door: FrontDoor = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    pages: [],
    sockets: [],
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return door;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, to: string): void {
  const headers = { ...incoming.headers, 'x-forwarded-for': forwardedFor(incoming) };
  const { method, url } = incoming;
  const sent = request({ ...addressOf(to), method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  sent.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  });
  incoming.pipe(sent);
}

/** Hands an upgrade on byte for byte to the first that listens. */
function hand(incoming: IncomingMessage, socket: Duplex, head: Buffer, to: string[]): void {
  const [url, ...rest] = to;
  if (url === undefined) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const behind = connect(addressOf(url));
  behind.once('connect', () => {
    const lines = incoming.rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [`${name}: ${incoming.rawHeaders[at + 1]}`] : [],
    );
    behind.write(
      [
        `${incoming.method} ${incoming.url} HTTP/1.1`,
        ...lines,
        `X-Forwarded-For: ${forwardedFor(incoming)}`,
        '\r\n',
      ].join('\r\n'),
    );
    behind.write(head);
    behind.pipe(socket).pipe(behind);
    behind.once('close', () => socket.destroy());
    socket.once('close', () => behind.destroy());
  });
  let reached = false;
  behind.once('connect', () => {
    reached = true;
  });
  behind.on('error', () => {
    if (reached) socket.destroy();
    else hand(incoming, socket, head, rest);
  });
}

/** What a well-kept proxy says: nothing of what the client claimed stays, only whom it sees itself. */
function forwardedFor(incoming: IncomingMessage): string {
  return incoming.socket.remoteAddress ?? 'unknown';
}
