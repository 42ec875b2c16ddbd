import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markProved } from '@/db/people';
import { confirmWaiting, keepWaiting } from '@/db/second-factors';
import { setEnv } from '@/env';
import { CLOSE } from '@/lib/live/close-codes';
import { newId } from '@/lib/new-id';
import { runPersonCommand } from '@/server/cli-person';
import { seal } from '@/server/factors/app-codes';
import { resetFactors } from '@/server/factors/reset-factors';
import { createNote } from '@/server/notes';
import { ownDataFolder } from '@/tests/support/data-folder';
import type { TestDatabase } from '@/tests/support/database';
import { addApp } from '@/tests/support/factors';
import {
  addPerson,
  addProject,
  ask,
  type Credentials,
  call,
  grantOf,
  handlerOf,
  headersOf,
  ORIGIN,
  openInstance,
  openSession,
  type Person,
} from '@/tests/support/instance';
import { askForAll } from '@/tests/support/note-messages';
import { column, pdfFile } from '@/tests/support/pdf-files';
import { type Door, type Knock, knockAt, openDoor } from '@/tests/support/socket';

const forget = ownDataFolder();
let database: TestDatabase;
/** Two processes that serve one database. */
let doors: [Door, Door];
const pdf = pdfFile({
  title: 'Costs',
  pages: [{ texts: column(['The harbour was closed on', 'a Tuesday.']) }],
});

beforeAll(async () => {
  database = await openInstance();
  doors = [await openDoor(database), await openDoor(database)];
});
afterAll(async () => {
  for (const door of doors) await door.stop();
  await database.end();
  forget();
});

type Desk = {
  owner: Person;
  guest: Person;
  projectId: string;
  noteId: string;
  sourceId: string;
  /** What the guest is let in by. */
  proof: Credentials & { cookie?: string; token?: string };
  tokenId: string;
};

async function makeDesk(byToken: boolean): Promise<Desk> {
  const [owner, guest] = [await addPerson(database, 'Owner'), await addPerson(database, 'Guest')];
  const projectId = await addProject(database, owner, { editor: guest });
  const note = await createNote(grantOf(owner, projectId), { title: 'Shared' });
  const form = new FormData();
  form.append('file', new File([pdf], 'costs.pdf'));
  const request = new Request(new URL(`/api/projects/${projectId}/sources`, ORIGIN), {
    method: 'POST',
    headers: headersOf(owner),
    body: form,
  });
  const made = await (await handlerOf('source.create'))(request, { params: Promise.resolve({ projectId }) });
  expect(made.status).toBe(201);
  const { id: sourceId } = (await made.json()) as { id: string };
  const body = { name: 'Script', scopes: ['read', 'write'] };
  const issued = await ask<{ id: string; token: string }>('token.create', { cookie: guest.cookie }, { body });
  const proof = byToken ? { token: issued.token, origin: null } : { cookie: guest.cookie };
  return { owner, guest, projectId, noteId: note.id, sourceId, proof, tokenId: issued.id };
}

const mark = (sourceId: string) => ({
  id: newId(),
  ...{ motivation: 'highlighting', sourceId },
  selector: [{ type: 'TextQuoteSelector', exact: 'closed on a Tuesday', prefix: '', suffix: '' }],
});

/** Everything that somebody holds on to: what each is answered with, by its HTTP status or close code. */
const HELD = {
  'a request': ({ projectId, proof }: Desk) => call('project.get', proof, { params: { projectId } }),
  'an edit that waited without a connection': ({ projectId, sourceId, proof }: Desk) =>
    call('annotation.create', proof, { params: { projectId }, body: mark(sourceId) }),
  'the address of an export': async ({ projectId, proof }: Desk) => {
    const answer = await call('export.download', proof, { params: { projectId, format: 'csv' } });
    // One that nobody reads goes on, and others wait for it.
    await answer.arrayBuffer();
    return answer;
  },
  'the address of a file': ({ projectId, sourceId, proof }: Desk) =>
    call('source.file', proof, { params: { projectId, sourceId } }),
} as const;
type Held = keyof typeof HELD;

type End = {
  readonly by: string;
  readonly act: (desk: Desk) => Promise<unknown>;
  /** What everything held is answered with from then on; `but` where that differs. */
  readonly status: number;
  readonly but?: Partial<Record<Held, number>>;
  /** What open sockets are closed with; `null` where they stay. */
  readonly code: number | null;
  /** The other members' too. */
  readonly forAll?: true;
  readonly byToken?: true;
};

const QUIET = { note: () => undefined, print: () => undefined };
const elsewhere = async ({ guest }: Desk) => {
  const { cookie, sessionId } = await openSession(database.db, guest.userId);
  return { cookie, sessionId };
};
const ofOwner = ({ owner, projectId }: Desk) =>
  [{ cookie: owner.cookie }, { params: { projectId } }] as const;
const GONE = { status: 401, code: CLOSE.unauthenticated };
const OUT = { status: 404, code: CLOSE.noAccess };
const CLOSED = { status: 403, code: CLOSE.needsFactor };
const asking = ({ projectId }: Desk) => ({ params: { projectId }, body: { secondFactor: true } });
async function ownFactor({ owner }: Desk): Promise<void> {
  const sealed = seal('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  await keepWaiting(database.db, owner.userId, sealed);
  await confirmWaiting(database.db, owner.userId, sealed, 0);
}

const ENDS: readonly End[] = [
  {
    by: 'signing out',
    act: ({ guest }) => ask('session.end', { cookie: guest.cookie }, { body: { id: guest.sessionId } }),
    ...GONE,
  },
  {
    by: 'signing out everywhere',
    act: async (desk) => ask('session.end', await elsewhere(desk), { body: {} }),
    ...GONE,
  },
  {
    by: 'ending one session of a list',
    act: async (desk) => ask('session.end', await elsewhere(desk), { body: { id: desk.guest.sessionId } }),
    ...GONE,
  },
  {
    by: 'ending all other sessions',
    act: async (desk) => ask('session.end', await elsewhere(desk), { body: { others: true } }),
    ...GONE,
  },
  {
    by: 'a new password',
    act: async (desk) =>
      ask('me.update', await elsewhere(desk), { body: { password: 'a new long password' } }),
    ...GONE,
  },
  {
    by: 'a second factor that is added',
    act: async (desk) => addApp({ ...desk.guest, id: desk.guest.userId, ...(await elsewhere(desk)) }),
    ...GONE,
  },
  { by: 'the operator, who takes all factors off', act: ({ guest }) => resetFactors(guest.email), ...GONE },
  {
    by: 'erasing oneself',
    act: async (desk) => {
      const { cookie, sessionId } = await elsewhere(desk);
      await markProved(database.db, sessionId);
      await ask('me.erase', { cookie }, { body: { email: desk.guest.email } });
    },
    ...GONE,
  },
  {
    by: 'the operator, who erases somebody',
    act: ({ guest }) => runPersonCommand('erase', guest.email, { yes: true }, QUIET),
    ...GONE,
  },
  {
    by: 'a session that runs out',
    act: ({ guest }) =>
      database.db.$client.query(
        `update sessions set expires = now() - interval '1 second' where user_id = $1`,
        [guest.userId],
      ),
    // Moved by hand, no process hears of it: its sockets are found within half a minute.
    ...{ status: 401, code: null },
  },
  {
    by: 'a token that is revoked',
    act: ({ guest, tokenId }) => ask('token.revoke', { cookie: guest.cookie }, { body: { id: tokenId } }),
    ...GONE,
    byToken: true,
  },
  {
    by: 'a token that runs out',
    act: ({ tokenId }) =>
      database.db.$client.query(`update api_tokens set expires = now() - interval '1 second' where id = $1`, [
        tokenId,
      ]),
    ...{ status: 401, code: null, byToken: true },
  },
  {
    by: 'a new password, to a token',
    act: async (desk) =>
      ask('me.update', await elsewhere(desk), { body: { password: 'a new long password' } }),
    // A token is a key of its own; it is listed, and ended, by itself.
    ...{ status: 200, but: { 'an edit that waited without a connection': 201 }, code: null, byToken: true },
  },
  {
    by: 'removal from the project',
    act: ({ owner, guest, projectId }) =>
      ask(
        'member.remove',
        { cookie: owner.cookie },
        { params: { projectId }, body: { userId: guest.userId } },
      ),
    ...OUT,
  },
  {
    by: 'removal from the project, to a token',
    act: ({ owner, guest, projectId }) =>
      ask(
        'member.remove',
        { cookie: owner.cookie },
        { params: { projectId }, body: { userId: guest.userId } },
      ),
    ...OUT,
    byToken: true,
  },
  {
    by: 'leaving the project',
    act: ({ guest, projectId }) =>
      ask(
        'member.remove',
        { cookie: guest.cookie },
        { params: { projectId }, body: { userId: guest.userId } },
      ),
    ...OUT,
  },
  {
    by: 'a role that only reads',
    act: ({ owner, guest, projectId }) =>
      ask(
        'member.update',
        { cookie: owner.cookie },
        { params: { projectId }, body: { userId: guest.userId, role: 'reader' } },
      ),
    ...{ status: 200, but: { 'an edit that waited without a connection': 403 }, code: CLOSE.accessChanged },
  },
  {
    by: 'the end of the project',
    act: (desk) => ask('project.delete', ...ofOwner(desk)),
    ...OUT,
    forAll: true,
  },
  {
    by: 'archiving the project',
    act: (desk) => ask('project.archive', ...ofOwner(desk)),
    forAll: true,
    ...{ status: 200, but: { 'an edit that waited without a connection': 403 }, code: CLOSE.accessChanged },
  },
  {
    by: 'a project that asks for a second factor',
    act: async (desk) => {
      await ownFactor(desk);
      await ask('project.update', { cookie: desk.owner.cookie }, asking(desk));
    },
    ...CLOSED,
  },
  {
    by: 'a project that asks for a second factor, to a token',
    act: async (desk) => {
      await ownFactor(desk);
      await ask('project.update', { cookie: desk.owner.cookie }, asking(desk));
    },
    ...CLOSED,
    byToken: true,
  },
  {
    by: 'taking the source away',
    act: ({ owner, projectId, sourceId }) =>
      ask('source.delete', { cookie: owner.cookie }, { params: { projectId, sourceId } }),
    ...{
      status: 200,
      but: { 'an edit that waited without a connection': 404, 'the address of a file': 404 },
      code: null,
    },
  },
];

describe('Access that ends', () => {
  it('is ended in twenty-two ways', () => expect(ENDS).toHaveLength(22));

  it.each(ENDS.map((end) => [end.by, end] as const))(
    'by %s holds for everything that is held, within a second, on both processes, and for nobody else',
    async (_, { act, status, but = {}, code, forAll = false, byToken = false }) => {
      const desk = await makeDesk(byToken);
      const { proof, projectId, noteId } = desk;
      const knocks: Knock[] = [];
      try {
        for (const door of doors) {
          const live = knockAt(door, `/live/${projectId}`, proof);
          const note = knockAt(door, `/sync/${projectId}/${noteId}`, proof);
          note.socket.on('open', () => note.socket.send(askForAll()));
          knocks.push(live, note);
        }
        const theirs = doors.map((door) =>
          knockAt(door, `/live/${projectId}`, { cookie: desk.owner.cookie }),
        );
        for (const one of [...knocks, ...theirs]) expect(await one.answer()).toBe(101);
        const names = Object.keys(HELD) as Held[];
        const answers = async () =>
          Object.fromEntries(
            await Promise.all(names.map(async (name) => [name, (await HELD[name](desk)).status] as const)),
          );
        // All of it works until then.
        expect(await answers()).toEqual(
          Object.fromEntries(names.map((name) => [name, name.startsWith('an edit') ? 201 : 200])),
        );
        await act(desk);
        const done = performance.now();
        const expected = Object.fromEntries(names.map((name) => [name, but[name] ?? status]));
        expect(await answers()).toEqual(expected);
        if (code === null) expect(knocks.map((one) => one.code)).toEqual(knocks.map(() => null));
        else {
          for (const one of knocks) expect(await one.ended()).toBe(code);
          expect(Math.max(...knocks.map((one) => one.closedAt)) - done).toBeLessThan(1_000);
        }
        if (forAll) for (const one of theirs) expect(await one.ended()).toBe(code);
        else expect(theirs.map((one) => one.code)).toEqual([null, null]);
        for (const one of theirs) one.leave();
      } finally {
        for (const one of knocks) one.leave();
      }
    },
  );
});

describe('What runs out by itself', () => {
  /** How long each lasts, in ms: time to open everything on a busy machine. */
  const LASTS = 9_000;
  const soon = `now() + interval '${LASTS} milliseconds'`;
  const query = (text: string, ...given: unknown[]) => database.db.$client.query(text, given);

  /** Opens a feed and a note on both processes. */
  async function openAll({ projectId, noteId, proof }: Desk): Promise<Knock[]> {
    const knocks = doors.flatMap((door) => {
      const note = knockAt(door, `/sync/${projectId}/${noteId}`, proof);
      note.socket.on('open', () => note.socket.send(askForAll()));
      return [knockAt(door, `/live/${projectId}`, proof), note];
    });
    for (const one of knocks) expect(await one.answer()).toBe(101);
    return knocks;
  }

  it.each([
    [
      'a session, in any case',
      false,
      async ({ guest }: Desk) =>
        query(`update sessions set expires = ${soon} where id = $1`, guest.sessionId),
    ],
    [
      'a session that nobody uses',
      false,
      async ({ guest }: Desk) => {
        setEnv({ SESSION_IDLE_HOURS: String(LASTS / 3_600_000) });
        await query('update sessions set last_used = now() where id = $1', guest.sessionId);
      },
    ],
    [
      'a token',
      true,
      async ({ tokenId }: Desk) => query(`update api_tokens set expires = ${soon} where id = $1`, tokenId),
    ],
  ] as const)('closes its sockets within a second, on both processes: %s', async (_, byToken, begin) => {
    const desk = await makeDesk(byToken);
    try {
      await begin(desk);
      const ends = performance.now() + LASTS;
      const knocks = await openAll(desk);
      expect(performance.now()).toBeLessThan(ends);
      for (const one of knocks) expect(await one.ended(20_000)).toBe(CLOSE.unauthenticated);
      for (const { closedAt } of knocks) {
        expect(closedAt).toBeGreaterThan(ends - 1_000);
        expect(closedAt).toBeLessThan(ends + 1_000);
      }
    } finally {
      setEnv({ SESSION_IDLE_HOURS: '168' });
    }
  });

  it('goes on where it was used meanwhile, and closes when that has run out', async () => {
    const desk = await makeDesk(false);
    const { sessionId } = desk.guest;
    await query(`update sessions set expires = ${soon} where id = $1`, sessionId);
    const first = performance.now() + LASTS;
    const knocks = await openAll(desk);
    await query(`update sessions set expires = expires + interval '4 seconds' where id = $1`, sessionId);
    for (const one of knocks) expect(await one.ended(20_000)).toBe(CLOSE.unauthenticated);
    for (const { closedAt } of knocks) {
      expect(closedAt).toBeGreaterThan(first + 3_000);
      expect(closedAt).toBeLessThan(first + 5_000);
    }
  });
});
