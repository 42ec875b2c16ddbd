import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openClient } from '../../../db/client';
import { findRunningPostgres, type SocketConnection } from '../../../server/postgres/launch';
import { readPidFile } from '../../../server/postgres/pid-file';
import { isRunning } from '../../../server/postgres/processes';
import { emptyFolder, launch, madeFolder } from './folder';
import { startProgram } from './program';

vi.setConfig({ testTimeout: 90_000 });
const isRoot = process.getuid?.() === 0;

async function ask(connection: SocketConnection, statement: string): Promise<unknown[]> {
  const client = openClient(connection);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('a fresh folder', () => {
  test('gets a database that is safe, speaks Unicode and listens on its socket only', async () => {
    const postgres = await launch(emptyFolder());
    const setting = async (name: string) => (await ask(postgres.connection, `show ${name}`))[0];
    expect(await setting('fsync')).toEqual({ fsync: 'on' });
    expect(await setting('listen_addresses')).toEqual({ listen_addresses: '' });
    expect(await setting('server_encoding')).toEqual({ server_encoding: 'UTF8' });
    expect(await ask(postgres.connection, "select lower('ÉÑ') as low, current_database() as name")).toEqual([
      { low: 'éñ', name: 'gloss' },
    ]);
    expect(statSync(postgres.connection.host).mode & 0o777).toBe(0o700);
  });

  test('keeps its rows over a stop and a start, and stops within two seconds under open sessions', async () => {
    const folder = await madeFolder();
    const first = await launch(folder);
    await ask(first.connection, 'create table kept as select 7 as n');
    const idle = openClient(first.connection);
    idle.on('error', () => {});
    await idle.connect();
    const began = Date.now();
    await first.stop();
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(isRunning(first.pid)).toBe(false);
    const second = await launch(folder);
    expect(await ask(second.connection, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(second.said).toEqual([]);
  });

  test('puts the socket elsewhere when its own path would be too long for one', async () => {
    const folder = join(emptyFolder(), 'a-folder-with-a-long-name'.repeat(4));
    const postgres = await launch(folder);
    expect(Buffer.byteLength(postgres.connection.host)).toBeLessThanOrEqual(80);
    expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test.runIf(isRoot)('that is closed itself is opened to pass through, and keeps its database', async () => {
    const folder = await madeFolder();
    chmodSync(folder, 0o700);
    const postgres = await launch(folder);
    expect(postgres.said.join('\n')).toContain('to pass through, not to read');
    expect(statSync(folder).mode & 0o777).toBe(0o701);
    expect(postgres.connection.host.startsWith(folder)).toBe(true);
  });

  test.runIf(isRoot)('below a closed home is left for a place the database can reach, for good', async () => {
    const outside = emptyFolder();
    const home = emptyFolder();
    chmodSync(home, 0o700);
    const dataDir = join(home, 'data');
    const systemFolder = join(outside, 'system');
    const first = await launch(dataDir, { systemFolder });
    expect(first.said.join('\n')).toMatch(/can't reach .*data, so its files are in .*system/);
    expect(first.connection.host.startsWith(systemFolder)).toBe(true);
    await ask(first.connection, 'create table kept as select 7 as n');
    await first.stop();
    const second = await launch(dataDir, { systemFolder });
    expect(second.said).toEqual([]);
    expect(await ask(second.connection, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(await findRunningPostgres(dataDir)).toEqual(second.connection);
  });

  test.runIf(isRoot)(
    'is refused once its database can no longer be reached, not replaced by an empty one',
    async () => {
      const home = emptyFolder();
      const dataDir = join(home, 'data');
      await (await launch(dataDir)).stop();
      chmodSync(home, 0o700);
      await expect(launch(dataDir)).rejects.toThrow(/can no longer be reached.*chmod/);
    },
  );
});

describe('two programs on one folder', () => {
  test('the second is told which process has it, and gets it after the first', async () => {
    const folder = await madeFolder();
    const first = startProgram(folder);
    await first.line(/^server/);
    await expect(launch(folder)).rejects.toThrow(
      new RegExp(`in use by another Gloss \\(process ${first.child.pid}\\)`),
    );
    await first.end('SIGTERM');
    await launch(folder);
  });

  test('a command finds the running database without owning it, and none after its stop', async () => {
    const folder = await madeFolder();
    expect(await findRunningPostgres(folder)).toBeUndefined();
    const postgres = await launch(folder);
    expect(await findRunningPostgres(folder)).toEqual(postgres.connection);
    await postgres.stop();
    expect(await findRunningPostgres(folder)).toBeUndefined();
  });
});

test('a command started together with the server waits for its database', async () => {
  const folder = emptyFolder();
  const starting = launch(folder);
  const found = await findRunningPostgres(folder);
  expect(found).toEqual((await starting).connection);
});

describe('after a crash', () => {
  test('the next program takes on the server that a killed one left running', async () => {
    const folder = await madeFolder();
    const killed = startProgram(folder);
    const pid = Number((await killed.line(/^server (\d+)/))[1]);
    await killed.end('SIGKILL');
    const postgres = await launch(folder);
    expect(postgres.pid).toBe(pid);
    expect(postgres.said.join('\n')).toContain('taking it on');
    await postgres.stop();
    expect(isRunning(pid)).toBe(false);
  });

  test('a server that does not answer is stopped, and a new one started', async () => {
    const folder = await madeFolder();
    const killed = startProgram(folder);
    const pid = Number((await killed.line(/^server (\d+)/))[1]);
    await killed.end('SIGKILL');
    process.kill(pid, 'SIGSTOP');
    const postgres = await launch(folder);
    expect(postgres.pid).not.toBe(pid);
    expect(isRunning(pid)).toBe(false);
    expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a postmaster.pid whose number now belongs to another process is cleared after ten seconds', async () => {
    const folder = await madeFolder();
    const first = await launch(folder);
    const file = join(folder, 'postgres', 'postmaster.pid');
    const kept = readFileSync(file, 'utf8');
    await first.stop();
    // Postgres shrugs off a stranger's process that it may not signal, so this one runs as Postgres does.
    const { uid, gid } = statSync(join(folder, 'postgres'));
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid, cwd: '/' } : {});
    writeFileSync(file, kept.replace(/^\d+/, String(stranger.pid)));
    const began = Date.now();
    const second = await launch(folder);
    expect(Date.now() - began).toBeGreaterThanOrEqual(10_000);
    expect(second.said.join('\n')).toContain('clearing away');
    expect(readPidFile(join(folder, 'postgres'))?.pid).toBe(second.pid);
    expect(isRunning(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
  });

  test('a making that was cut off leaves nothing that counts as a database', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'postgres.new'));
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
    const postgres = await launch(folder);
    expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a start that fails once is shown and tried again', async () => {
    const folder = await madeFolder();
    const broken = join(folder, 'postgres', 'postgresql.auto.conf');
    writeFileSync(broken, 'no_such_setting = 1\n');
    const said: string[] = [];
    const postgres = await launch(folder, {
      log(line) {
        said.push(line);
        if (line.includes('trying again')) writeFileSync(broken, '');
      },
    });
    expect(said.join('\n')).toContain('unrecognized configuration parameter "no_such_setting"');
    expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a start that keeps failing ends with what Postgres said', async () => {
    const folder = await madeFolder();
    await expect(launch(folder, { settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /did not start[\s\S]*invalid value for parameter "shared_buffers"/,
    );
    await launch(folder);
  });
});
