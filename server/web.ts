import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { withoutFinalSlash } from '../lib/api/final-slash';

export type Web = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Next's own sockets, for reloading in development only. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/** Prepares Next's request handler. It gets a server of its own that never listens, so that its upgrade listener never sees our sockets. */
export async function createWeb(options: {
  dir: string;
  development: boolean;
  hostname: string;
  port: number;
}): Promise<Web> {
  // Next listens for sockets on the server it is given; what we hand on arrives there.
  const detached = createServer();
  const app = next({
    dev: options.development,
    dir: options.dir,
    hostname: options.hostname,
    port: options.port,
    httpServer: detached,
    quiet: true,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => {
      request.url = withoutFinalSlash(request.url ?? '/');
      return handle(request, response);
    },
    upgrade: (request, socket, head) => {
      detached.emit('upgrade', request, socket, head);
    },
    close: () => app.close(),
  };
}
