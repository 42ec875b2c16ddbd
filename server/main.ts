import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Database, migrate, openDatabase, setDatabase } from '../db/client';
import { env, setEnv } from '../env';
import { AppError } from '../lib/errors';
import { keepDenials } from './access/denials';
import { type Doors, openDoors } from './doors';
import { firstStart } from './first-start';
import { createDueSweep } from './follow-ups/due-sweep';
import { secure } from './headers';
import { describeError } from './log';
import { answerMetrics, isForMetrics, mayReadMetrics } from './metrics/door';
import { observeRequest } from './metrics/metrics';
import { createMailer, type Mailer } from './notices/mailer';
import { createRevealSweep } from './passes/reveal';
import { openPlace, type Place } from './place';
import { createEndSweep } from './projects/end';
import { beginDraining } from './ready';
import { instanceSecret } from './secret';
import { createOpeningSweep } from './sources/protect-source';
import type { Sweep } from './sweep';
import { traceQueries } from './tracing/queries';
import { createWatcher, type Watcher } from './watch/watcher';
import { createWeb, type Web } from './web';
import { createDispatcher, type Dispatcher } from './webhooks/dispatcher';
import { answerWithoutPages } from './without-pages';

/** How often is looked whether a day has brought something due. */
const DUE_EVERY_MS = 10 * 60_000;
/** How often open pages may be told of an embargo that is over, in ms. It is over without that. */
const OPENING_EVERY_MS = 1_000;

/** Says one line to the person who started the program. */
const say = (line: string) => process.stdout.write(`${line}\n`);

/** How often is looked whether webhooks have something to be told. */
const WEBHOOK_POLL_MS = 3_000;

/** How often mails that are due are looked for: whoever is told at once waits no longer than that. */
const MAIL_POLL_MS = 5_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Takes the port first: when it is taken, nothing else was started. @throws AppError unavailable in one clear line. */
async function takePort(handler: () => Handler) {
  const { PORT, HOST } = env();
  const server = createServer((request, response) => handler()(request, response));
  server.headersTimeout = 20_000;
  server.requestTimeout = 120_000;
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${PORT} is taken by another program. Stop that one, or start with another port: PORT=${PORT + 1} npm start`
          : error.code === 'EACCES'
            ? `This user may not open port ${PORT}. Choose one above 1023: PORT=3000 npm start`
            : `Cannot listen on ${HOST}:${PORT} (${error.code}).`;
      fail(new AppError('unavailable', reason, { cause: error }));
    });
    server.listen(PORT, HOST, done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return { server, port: address.port };
}

/** The hosts this instance answers for: its public address, and this machine's own names. */
function ownHosts(port: number): Set<string> {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  return new Set([new URL(env().GLOSS_URL as string).host, ...hosts]);
}

type Tracing = { stop: () => Promise<void> };

/** Sends traces where an operator wants them; without that, nothing of it is even loaded. */
async function startTraces(db: Database): Promise<Tracing | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER_ARG } = env();
  if (endpoint === undefined) return null;
  const { startTracing } = await import('./tracing/tracing');
  traceQueries(db.$client);
  say(`traces    go to ${new URL(endpoint).host}`);
  return startTracing({ endpoint, serviceName: OTEL_SERVICE_NAME, share: OTEL_TRACES_SAMPLER_ARG });
}

async function main(): Promise<void> {
  const { NODE_ENV, ROLE } = env();
  const development = NODE_ENV === 'development';
  let handler: Handler = (_, response) => response.writeHead(503, { 'retry-after': '2' }).end('starting');
  const { server, port } = await takePort(() => handler);
  const GLOSS_URL = env().GLOSS_URL ?? `http://localhost:${port}`;
  setEnv({
    GLOSS_URL,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXTAUTH_URL: GLOSS_URL,
    NEXTAUTH_SECRET: instanceSecret(),
  });

  let opening: Promise<Place> | null = null;
  let db: Database | null = null;
  let doors: Doors | null = null;
  let web: Web | null = null;
  let watcher: Watcher | null = null;
  let sweeps: Sweep[] = [];
  let mailer: Mailer | null = null;
  let dispatcher: Dispatcher | null = null;
  let tracing: Tracing | null = null;
  let writeLastDenials = async () => {};
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    say(`stopping  (${signal})`);
    beginDraining();
    await wait(env().DRAIN_SECONDS * 1_000);
    server.close();
    await doors?.close();
    server.closeIdleConnections();
    await web?.close();
    await watcher?.stop();
    for (const sweep of sweeps) await sweep.stop();
    await mailer?.stop();
    await dispatcher?.stop();
    for (const socket of sockets) socket.destroy();
    await writeLastDenials();
    // A collector that is away must not keep the program from ending.
    await tracing?.stop().catch((error: unknown) => say(`traces were not sent: ${describeError(error)}`));
    await db?.$client.end();
    // Asked to stop while Postgres starts: it is waited for, and stopped like any other.
    const place = await opening?.catch(() => null);
    await place?.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        process.stderr.write(`stopping failed: ${String(error)}\n`);
        process.exit(1);
      });
    });
  }

  opening = openPlace(say);
  const place = await opening;
  place.ended?.then(() => {
    if (!stopping)
      fail(
        new AppError(
          'unavailable',
          'Postgres ended by itself. Look at postgres.log in the data folder, then start again.',
        ),
      );
  });
  db = openDatabase(place.connection);
  setDatabase(db, place.connection);
  tracing = await startTraces(db);
  writeLastDenials = keepDenials();
  say('database  bringing the tables up to date');
  await migrate(db, resolve('db/migrations'));
  // Whoever serves pages makes the first project and hands its link out.
  const link = ROLE === 'sync' ? null : await firstStart(say);

  const https = GLOSS_URL.startsWith('https:');
  const hosts = ownHosts(port);
  const origins = new Set(
    [...hosts].map((host) => `${https && host === new URL(GLOSS_URL).host ? 'https' : 'http'}://${host}`),
  );
  if (ROLE !== 'web') doors = await openDoors(place.connection, origins);
  if (ROLE !== 'sync') {
    say('pages     getting ready');
    web = await createWeb({ dir: process.cwd(), development, hostname: env().HOST, port });
    watcher = startWatcher();
    sweeps = [createDueSweep(), createRevealSweep(), createEndSweep()];
    for (const sweep of sweeps) sweep.start(DUE_EVERY_MS);
    const opening = createOpeningSweep();
    opening.start(OPENING_EVERY_MS);
    sweeps.push(opening);
    mailer = startMailer();
    dispatcher = createDispatcher();
    dispatcher.start(WEBHOOK_POLL_MS);
  }

  handler = (request, response) => {
    const forMetrics = isForMetrics(request);
    const mayRead = forMetrics && mayReadMetrics(request);
    secure(request, response, { https, development });
    if (forMetrics) {
      answerMetrics(response, mayRead).catch((error: unknown) => failed(response, error));
      return;
    }
    observePage(request, response);
    if (!hosts.has(request.headers.host ?? '')) {
      response
        .writeHead(421, { 'content-type': 'text/plain' })
        .end('This server does not answer for that host. Set GLOSS_URL.');
    } else if (web === null) {
      answerWithoutPages(request, response).catch((error: unknown) => failed(response, error));
    } else {
      web.handle(request, response).catch((error: unknown) => failed(response, error));
    }
  };
  server.on('upgrade', (request, socket, head) => {
    // Next's own socket exists in development only; nothing else is ever handed on.
    if (development && web && request.url?.startsWith('/_next/')) web.upgrade(request, socket, head);
    else if (doors && hosts.has(request.headers.host ?? '')) doors.gateway.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  say(`ready ${GLOSS_URL}`);
  if (link !== null) say(`sign in (works once): ${link}`);
}

/** Notes how long a page took; the API's own wrapper does so for its operations. */
function observePage({ url = '' }: IncomingMessage, response: ServerResponse): void {
  if (url.startsWith('/api/') && !url.startsWith('/api/auth/')) return;
  const operation = url.startsWith('/_next/') ? 'file' : url.startsWith('/api/auth/') ? 'auth' : 'page';
  const began = performance.now();
  response.once('finish', () =>
    observeRequest(operation, response.statusCode, (performance.now() - began) / 1_000),
  );
}

/** Looks at watched sources from now on, unless that is switched off. */
function startWatcher(): Watcher {
  const watcher = createWatcher();
  const seconds = env().WATCH_POLL_SECONDS;
  if (seconds > 0) watcher.start(seconds * 1_000);
  return watcher;
}

/** Sends what notices are to come by mail from now on, where mail is set up. */
function startMailer(): Mailer | null {
  if (env().SMTP_URL === undefined) return null;
  const mailer = createMailer();
  mailer.start(MAIL_POLL_MS);
  return mailer;
}

/** Ends a request that came to nothing, and says so in the log. */
function failed(response: ServerResponse, error: unknown): void {
  process.stderr.write(`a page could not be answered: ${JSON.stringify(describeError(error))}\n`);
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

/** Ends the program with one clear line for what a person can mend, and the whole story for what they can't. */
function fail(error: unknown): never {
  const known =
    error instanceof AppError ||
    (error instanceof Error && error.message.startsWith('These environment variables'));
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${known ? (error as Error).message : `Gloss could not start: ${story}`}\n`);
  process.exit(1);
}

main().catch(fail);
