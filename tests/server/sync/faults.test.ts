import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { sep } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { NOTE_MESSAGE, SYNC_STEP } from '@/lib/notes/note-sync';
import { askForAll } from '@/tests/support/note-messages';
import type { Program } from '@/tests/support/program';
import {
  isFurther,
  SyncPlace,
  seeded,
  shortfall,
  shownBy,
  Typist,
  vectorOf,
} from '@/tests/support/sync-processes';
import { until } from './note-server';

/** Kills of a process in the middle of typing. */
const KILLS = Number(process.env.GLOSS_KILLS ?? 50);
const SEED = Number(process.env.GLOSS_SEED ?? 20_261_124);

let place: SyncPlace;
let typists: Typist[] = [];

beforeAll(async () => {
  place = await SyncPlace.open({ people: 10, notes: 10 });
});
afterAll(() => place.close());
afterEach(async () => {
  for (const typist of typists) typist.close();
  typists = [];
  for (const program of [...place.programs]) await place.end(program);
});

function join(program: Program, count: number, notes = 1): Typist[] {
  const random = seeded(SEED + count);
  typists = Array.from(
    { length: count },
    (_, index) => new Typist(place, program, place.noteIds[index % notes] ?? '', index, random),
  );
  return typists;
}

/** Everybody sees the same, and so does whoever knows only the database. */
async function allAgree(): Promise<void> {
  for (const typist of typists) typist.pause();
  const notes = [...new Set(typists.map(({ noteId }) => noteId))];
  await until(() => typists.every(({ provider, isSaved }) => provider.synced && isSaved), 60_000);
  for (const noteId of notes) {
    const here = typists.filter((typist) => typist.noteId === noteId);
    await until(
      async () =>
        new Set([...here.map(({ shown }) => shown), shownBy(await place.stored(noteId))]).size === 1,
      60_000,
    );
  }
  expect(typists.flatMap(({ final }) => final)).toEqual([]);
}

describe('A process that is killed in the middle of typing', { timeout: 900_000 }, () => {
  it(`${KILLS} times never loses what it called saved, and the note goes on (seed ${SEED})`, async () => {
    const random = seeded(SEED);
    // What it passed on and had not committed stands in a journal there, for the process that comes next.
    const folder = mkdtempSync(`${tmpdir()}${sep}gloss-killed-`);
    const serve = () => place.serve({ GLOSS_DATA_DIR: folder });
    let program = await serve();
    join(program, 3);
    for (const typist of typists) typist.type(15);
    let seenAndLost = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = typists.map(({ acked }) => new Map(acked));
      // Some promise of this life is needed before it is put to the test.
      await until(
        () => typists.every((typist, at) => typist.provider.synced && isFurther(typist.acked, before[at])),
        60_000,
      );
      const moment = performance.now() + random() * 120;
      await until(() => performance.now() >= moment);
      const promised = typists.map(({ acked }) => new Map(acked));
      await place.end(program, 'SIGKILL');
      const stored = await place.stored(typists[0]?.noteId ?? '');
      for (const one of promised) expect(shortfall(stored, one), `kill ${kill}`).toBe(0);
      const seen = typists.map(
        ({ doc }) => new Map([...vectorOf(doc)].filter(([client]) => client !== doc.clientID)),
      );
      program = await serve();
      const brought = await place.stored(typists[0]?.noteId ?? '');
      for (const others of seen) seenAndLost = Math.max(seenAndLost, shortfall(brought, others));
      for (const typist of typists) typist.turnTo(place, program);
    }
    await allAgree();
    rmSync(folder, { recursive: true, force: true });
    expect(seenAndLost, 'letters that another had seen, lost at a kill').toBe(0);
  });

  it('or is told to stop loses nothing that anybody saw', async () => {
    let program = await place.serve();
    join(program, 3);
    for (const typist of typists) typist.type(15);
    for (let stop = 0; stop < 5; stop++) {
      await until(() => typists.every(({ provider, acked }) => provider.synced && acked.size > 2), 60_000);
      expect(await place.end(program)).toBe(0);
      const stored = await place.stored(typists[0]?.noteId ?? '');
      for (const { doc } of typists) {
        const own = doc.clientID;
        const others = new Map([...vectorOf(doc)].filter(([client]) => client !== own));
        expect(shortfall(stored, others)).toBe(0);
      }
      program = await place.serve();
      for (const typist of typists) typist.turnTo(place, program);
    }
    await allAgree();
  });
});

describe('A Postgres that goes away under fifty writers', { timeout: 300_000 }, () => {
  it.each([
    ['restarted', { atOnce: false }],
    ['cut off without tidying', { atOnce: true }],
  ])('and is %s takes nothing that was called saved, and the writers go on', async (_, how) => {
    const program = await place.serve();
    join(program, 50, 10);
    for (const typist of typists) typist.type(150);
    await until(() => typists.every(({ provider, acked }) => provider.synced && acked.size > 0), 60_000);
    await place.restartPostgres(how);
    const back = performance.now();
    const promised = typists.map(({ acked }) => new Map(acked));
    for (const [at, typist] of typists.entries()) {
      expect(shortfall(await place.stored(typist.noteId), promised[at] ?? new Map())).toBe(0);
    }
    await until(() => typists.every((typist, at) => isFurther(typist.acked, promised[at])), 60_000).catch(
      (error: unknown) => {
        const stuck = typists.filter((typist, at) => !isFurther(typist.acked, promised[at]));
        const seen = stuck.map(({ noteId, provider, final }) => [noteId, provider.synced, final]);
        throw new Error(`Not saved again: ${JSON.stringify(seen)}\n${program.output()}`, { cause: error });
      },
    );
    console.log(`Saving went on ${Math.round(performance.now() - back)} ms after Postgres was back.`);
    expect(place.programs.has(program)).toBe(true);
    await allAgree();
  });
});

describe('Two processes', { timeout: 300_000 }, () => {
  let programs: [Program, Program];
  beforeEach(async () => {
    programs = [await place.serve(), await place.serve()];
  });

  it('cut off from each other while both are written at come to the same note after', async () => {
    join(programs[0], 4);
    for (const typist of typists.slice(2)) {
      typist.turnTo(place, programs[1]);
      typist.provider.disconnect();
      typist.provider.connect();
    }
    for (const typist of typists) typist.type(20);
    await until(() => typists.every(({ provider, acked }) => provider.synced && acked.size > 0), 60_000);
    // Whoever listens is cut off, again and again: what is told meanwhile is never heard.
    const end = performance.now() + 5_000;
    let cuts = 0;
    await until(async () => {
      const cut = await place.db.$client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %'",
      );
      cuts += cut.rowCount ?? 0;
      return performance.now() > end;
    }, 60_000);
    expect(cuts).toBeGreaterThan(3);
    for (const typist of typists) typist.pause();
    const healed = performance.now();
    await allAgree();
    console.log(`Both agreed ${Math.round(performance.now() - healed)} ms after the last cut.`);
  });

  it('let a thousand sockets that come back at once all in, and answer meanwhile', async () => {
    const first = arrive(programs[0], 1_000);
    await until(() => first.every(({ synced }) => synced), 120_000);
    await place.end(programs[0], 'SIGKILL');
    await until(() => first.every(({ socket }) => socket.readyState === WebSocket.CLOSED), 60_000);
    const start = performance.now();
    const again = arrive(programs[1], 1_000);
    let slowest = 0;
    await until(async () => {
      const asked = performance.now();
      expect((await fetch(`${programs[1].url}/api/health`)).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - asked);
      return again.every(({ synced }) => synced);
    }, 120_000);
    console.log(
      `All were back after ${Math.round(performance.now() - start)} ms; the slowest answer took ${Math.round(slowest)} ms.`,
    );
    for (const { socket } of again) socket.terminate();
  });
});

type Arrival = { readonly socket: WebSocket; synced: boolean };

/** Sockets that open all at once and ask for the whole note, as a provider does that has nothing. */
function arrive(program: Program, count: number): Arrival[] {
  return Array.from({ length: count }, (_, index) => {
    const noteId = place.noteIds[index % place.noteIds.length];
    const token = place.tokens[index % place.tokens.length];
    const url = `${program.url.replace('http', 'ws')}/sync/${place.projectId}/${noteId}?token=${token}`;
    const socket = new WebSocket(url);
    const arrival: Arrival = { socket, synced: false };
    socket.on('open', () => socket.send(askForAll()));
    socket.on('message', (data: Buffer) => {
      arrival.synced ||= data[0] === NOTE_MESSAGE.sync && data[1] === SYNC_STEP.answer;
    });
    // A server that is killed ends it with an error; that it is closed is seen anyway.
    socket.on('error', () => undefined);
    return arrival;
  });
}
