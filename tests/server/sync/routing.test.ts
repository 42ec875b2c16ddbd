import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { notes } from '@/db/schema/notes';
import { newId } from '@/lib/new-id';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  makePlace,
  type NoteServer,
  openTab,
  type Place,
  startServer,
  synced,
  type Tab,
  until,
} from './note-server';

const NGINX = process.env.NGINX_PATH ?? '/usr/sbin/nginx';
const NOTES = 24;

let database: TestDatabase;
let place: Place;
let servers: [NoteServer, NoteServer];
let nginx: ChildProcess;
let folder: string;
let url: string;
const places: Place[] = [];
const tabs: Tab[] = [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs the configuration of the documentation as it stands, but for its ports. */
async function startNginx(): Promise<void> {
  const port = await freePort();
  const ports: Record<string, string> = {
    '127.0.0.1:8080': `127.0.0.1:${port}`,
    '127.0.0.1:3001': new URL(servers[0].url).host,
    '127.0.0.1:3002': new URL(servers[1].url).host,
  };
  let conf = readFileSync(new URL('../../../docs/nginx.conf', import.meta.url), 'utf8');
  for (const [from, to] of Object.entries(ports)) {
    expect(conf).toContain(from);
    conf = conf.replaceAll(from, to);
  }
  folder = mkdtempSync(join(tmpdir(), 'gloss-nginx-'));
  for (const name of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(folder, name));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${name.replace('client_', '')};`)
    .join(' ');
  writeFileSync(join(folder, 'nginx.conf'), conf.replace('http {', `http { ${paths}`));
  nginx = spawn(NGINX, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log', '-g', 'daemon off;']);
  let said = '';
  nginx.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  nginx.on('error', (error) => {
    said += `${error.message}: install nginx, or name it in NGINX_PATH\n`;
  });
  await until(async () => {
    if (said.includes('[emerg]') || said.includes('NGINX_PATH')) throw new Error(said);
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    return open;
  });
  url = `ws://127.0.0.1:${port}`;
}

beforeAll(async () => {
  database = await testDatabase();
  place = await makePlace(database.db);
  for (let index = 0; index < NOTES; index++) {
    const noteId = newId();
    await database.db.insert(notes).values({
      id: noteId,
      projectId: place.projectId,
      title: `Note ${index}`,
      createdBy: place.people[0]?.id ?? '',
    });
    places.push({ ...place, noteId });
  }
  servers = [await startServer(database, place), await startServer(database, place)];
  await startNginx();
});

afterAll(async () => {
  for (const tab of tabs) tab.close();
  const gone = nginx && once(nginx, 'exit');
  nginx?.kill('SIGTERM');
  await gone;
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
  await database.end();
});

it('routed as the documentation shows, a note lives on one process, and notes on all of them', async () => {
  for (const one of places) {
    for (const person of ['0', '1']) tabs.push(openTab({ url }, one, { person }));
  }
  await synced(...tabs);
  const [first, second] = servers.map((server) => server.rooms.stats());
  // A note with a room on both would be counted twice.
  expect((first?.rooms ?? 0) + (second?.rooms ?? 0)).toBe(NOTES);
  for (const stats of [first, second]) {
    expect(stats?.rooms).toBeGreaterThan(NOTES / 6);
    expect(stats?.connections).toBe(2 * (stats?.rooms ?? 0));
  }
});

it('routed so, the notes of a process that ends go to the others with all that was written', async () => {
  for (const [index, tab] of tabs.entries()) if (index % 2 === 0) tab.text.insert(0, `note ${index}`);
  await until(() => tabs.every((tab) => tab.text.length > 0));
  await servers[1].stop();
  const { rooms } = servers[0];
  await until(() => rooms.stats().rooms === NOTES && rooms.stats().connections === 2 * NOTES, 30_000);
  await synced(...tabs);
  const newcomers = places.map((one) => openTab({ url }, one, { person: '2' }));
  tabs.push(...newcomers);
  await synced(...newcomers);
  expect(newcomers.map((tab) => tab.text.toString())).toEqual(places.map((_, index) => `note ${2 * index}`));
});
