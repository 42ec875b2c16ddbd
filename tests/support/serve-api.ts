import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withoutFinalSlash } from '@/lib/api/final-slash';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { handlerOf } from './instance';

const bytesOf = async (stream: AsyncIterable<Buffer>) => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};

/** Which operation a request is for, and what its address says; HEAD is answered by GET without a body, as Next does. */
function operationAt(method: string, path: string) {
  for (const [id, row] of Object.entries(OPERATIONS)) {
    if (row.method !== (method === 'HEAD' ? 'GET' : method)) continue;
    const names = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
    const found = new RegExp(`^${row.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (found === null) continue;
    const params = Object.fromEntries(names.map((name, nth) => [name, found[nth + 1] ?? '']));
    return { id: id as OperationId, params };
  }
  return null;
}

/** The API on a socket of its own on the loopback, by the route files and without pages. */
export async function serveApi(): Promise<{ url: string; stop(): Promise<void> }> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET' } = incoming;
    const url = new URL(withoutFinalSlash(incoming.url ?? '/'), `http://${incoming.headers.host}`);
    const found = operationAt(method, url.pathname);
    if (found === null) {
      outgoing.writeHead(405).end();
      return;
    }
    const body = await bytesOf(incoming);
    const request = new Request(url, {
      method,
      headers: incoming.headers as Record<string, string>,
      body: body.length > 0 ? body : null,
    });
    const told = await (await handlerOf(found.id))(request, { params: Promise.resolve(found.params) });
    outgoing.writeHead(told.status, Object.fromEntries(told.headers));
    outgoing.end(method === 'HEAD' ? undefined : Buffer.from(await told.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
