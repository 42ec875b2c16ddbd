import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { OurPlace } from './our-place';
import { hocuspocus, relayed, type Wire, yWebsocket } from './wire';

export const NAMES = [
  'relay',
  'relay, framed once',
  'y-websocket-server',
  'y-websocket-server + leveldb',
  'Hocuspocus',
  'Hocuspocus + Postgres',
  'Gloss',
] as const;
export type ServerName = (typeof NAMES)[number];

export type RunningServer = {
  readonly name: ServerName;
  readonly port: number;
  readonly pid: number;
  readonly wire: Wire;
  /** Where a client asks for a room. `person` tells clients apart, as far as the server knows people. */
  address(room: string, person: number): { path: string; headers: Record<string, string> };
  /** Ends it with this signal and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** Gives each run its own rooms: names for most, real notes for ours. */
export type Rooms = (name: ServerName, count: number) => Promise<string[]>;

const PEERS = join(import.meta.dirname, 'peers');
let runs = 0;

/** Rooms nobody has been in. */
export function freshRooms(place: OurPlace): Rooms {
  return async (name, count) => {
    if (name === 'Gloss') return place.notes(count);
    const run = ++runs;
    return Array.from({ length: count }, (_, at) => `bench-${run}-${at}`);
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

async function listening(port: number, child: ChildProcess, said: () => string): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`A server ended with ${child.exitCode} at once:\n${said()}`);
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('A server did not start within a minute');
}

type Command = { args: string[]; env: Record<string, string>; wire: Wire; cwd: string };

function commandFor(name: ServerName, place: OurPlace, folder: string, profile: string | null): Command {
  const peer = (file: string, args: string[], wire: Wire): Command => ({
    args: [join(PEERS, file), ...args],
    env: {},
    wire,
    cwd: PEERS,
  });
  switch (name) {
    case 'relay':
      return peer('relay.mjs', [], relayed);
    case 'relay, framed once':
      return peer('relay-preframed.mjs', [], relayed);
    case 'y-websocket-server':
      return peer('y-websocket-server.mjs', [], yWebsocket);
    case 'y-websocket-server + leveldb':
      return peer('y-websocket-server.mjs', [folder], yWebsocket);
    case 'Hocuspocus':
      return peer('hocuspocus.mjs', [], hocuspocus);
    case 'Hocuspocus + Postgres':
      return peer('hocuspocus.mjs', [place.url], hocuspocus);
    case 'Gloss': {
      const prof = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
      return { args: [...prof, 'dist/main.mjs'], env: place.env, wire: yWebsocket, cwd: place.root };
    }
  }
}

/**
 * Starts a server as a process of its own. `folder` is where y-leveldb keeps its notes: the same folder again is the
 * same notes after a restart. `profile` names a folder our server's CPU profile is written to.
 */
export async function startServer(
  name: ServerName,
  place: OurPlace,
  folder: string,
  profile: string | null = null,
): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const { args, env, wire, cwd } = commandFor(name, place, folder, profile);
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: '/usr/bin:/bin',
      HOST: '127.0.0.1',
      PORT: String(port),
      NODE_ENV: 'production',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);
  const ended = once(child, 'exit');
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
  }
  await listening(port, child, () => said);
  // Ours takes its port before anything else, and says when it is ready.
  while (name === 'Gloss' && !said.includes('ready http')) {
    if (child.exitCode !== null) throw new Error(`Our server ended at once:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    name,
    port,
    pid,
    wire,
    address: (room, person) =>
      name === 'Gloss' ? place.address(room, person) : { path: `/${room}`, headers: {} },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
      process.off('exit', abandon);
    },
  };
}

/** The CPU profile in a folder, the newest. */
export function profileIn(folder: string): string {
  const found = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'));
  const newest = found.sort().at(-1);
  if (newest === undefined) throw new Error('There is no profile');
  return join(folder, newest);
}
