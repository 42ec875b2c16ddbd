import { expect, test } from 'vitest';
import { openClient } from '../../../db/client';
import { launch, madeFolder } from './folder';
import { startProgram } from './program';

const LOOPS = 20;

test('twenty kills of the program, half of them of Postgres too, lose no committed row', {
  timeout: 180_000,
}, async () => {
  const folder = await madeFolder();
  const committed: string[] = [];
  for (let loop = 0; loop < LOOPS; loop++) {
    const program = startProgram(folder, 'write');
    const server = Number((await program.line(/^server (\d+)/))[1]);
    // A few rows more each time, so that the kill falls on different moments.
    const last = Number((await program.line(/^row (\d+)/))[1]) + loop * 3;
    await program.line(new RegExp(`^row ${last}$`));
    if (loop % 2 === 0) process.kill(server, 'SIGKILL');
    await program.end('SIGKILL');
    committed.push(...program.lines.flatMap((line) => line.match(/^row (\d+)$/)?.[1] ?? []));
  }
  const postgres = await launch(folder);
  const client = openClient(postgres.connection);
  await client.connect();
  const { rows } = await client.query('select id::text from written');
  await client.end();
  const found = new Set(rows.map((row) => row.id));
  expect(committed.length).toBeGreaterThan(LOOPS);
  expect(committed.filter((id) => !found.has(id))).toEqual([]);
});
