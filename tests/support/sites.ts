import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';

/** A server on loopback that tests fetch from. */
export type Site = { readonly host: string; readonly port: number; readonly close: () => Promise<void> };

async function listen(server: Server | TcpServer, sockets: Set<Socket>): Promise<Site> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        for (const socket of sockets) socket.destroy();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** A web site that answers as the listener says. */
export function startSite(listener: RequestListener): Promise<Site> {
  return listen(createServer(listener), new Set());
}

/** A server that gets each connection raw: for answers that are no proper HTTP. */
export function startRawSite(onConnection: (socket: Socket) => void): Promise<Site> {
  return listen(createTcpServer(onConnection), new Set());
}

/** A server on loopback that no one may reach, and how many connections it has seen. */
export async function startCanary(): Promise<Site & { readonly seen: () => number }> {
  let seen = 0;
  const site = await startRawSite((socket) => {
    seen += 1;
    socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\nsecret');
  });
  return { ...site, seen: () => seen };
}
