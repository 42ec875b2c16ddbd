import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

export type Web = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Next's own sockets, for reloading in development only. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): Promise<void>;
};

/** Prepares Next's request handler. It gets a server of its own that never listens, so that its upgrade listener never sees our sockets. */
export async function createWeb(options: {
  dir: string;
  development: boolean;
  hostname: string;
  port: number;
}): Promise<Web> {
  const app = next({
    dev: options.development,
    dir: options.dir,
    hostname: options.hostname,
    port: options.port,
    httpServer: createServer(),
    quiet: true,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return { handle: (request, response) => handle(request, response), upgrade, close: () => app.close() };
}
