import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate, openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { authorize } from '../../server/access/authorize';
import { addMember } from '../../server/members';
import { createNote } from '../../server/notes';
import { addUser, issueToken } from '../../server/people';
import { launchPostgres } from '../../server/postgres/launch';
import { createProject } from '../../server/projects';
import { cpuOfFamily } from './figures';

/** Our server is told to let a person have 40 sockets: 2,000 clients are so many people. */
const PEOPLE = 52;

/** A Postgres of the program's own, started as the program starts it, with people who really sign in by their tokens. */
export type OurPlace = {
  readonly root: string;
  /** Where everything of this run lies. */
  readonly folder: string;
  /** The same Postgres, for Hocuspocus too. */
  readonly url: string;
  /** What our server is started with. */
  readonly env: Record<string, string>;
  /** Makes so many empty notes and gives their ids. */
  notes(count: number): Promise<string[]>;
  address(note: string, person: number): { path: string; headers: Record<string, string> };
  /** CPU time Postgres has used so far, ms. */
  postgresCpu(): number;
  close(): Promise<void>;
};

/** Starts Postgres in a temporary folder and settles the people of the benchmark in it. */
export async function openOurPlace(root: string): Promise<OurPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-bench-'));
  setEnv({ GLOSS_DATA_DIR: folder, LOG_LEVEL: 'error' });
  const postgres = await launchPostgres({ dataDir: folder, log: () => undefined });
  const { host, port, user, database: name } = postgres.connection;
  const url = `postgres://${user}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  const db = openDatabase(postgres.connection);
  setDatabase(db, postgres.connection);
  await migrate(db, resolve(root, 'db/migrations'));
  const { projectId, grant, tokens } = await settlePeople();
  return {
    root,
    folder,
    url,
    env: {
      DATABASE_URL: url,
      GLOSS_DATA_DIR: folder,
      ROLE: 'sync',
      LOG_LEVEL: 'error',
      LIMIT_SOCKETS: '40',
      LIMIT_ROOM_JOINS: '100000',
    },
    async notes(count) {
      const ids: string[] = [];
      while (ids.length < count) {
        const some = Array.from({ length: Math.min(10, count - ids.length) }, () =>
          createNote(grant, { title: 'Note' }),
        );
        for (const note of await Promise.all(some)) ids.push(note.id);
      }
      return ids;
    },
    address: (note, person) => ({
      path: `/sync/${projectId}/${note}?ack=1`,
      headers: { Authorization: `Bearer ${tokens[person % tokens.length]}` },
    }),
    postgresCpu: () => cpuOfFamily(postgres.pid),
    async close() {
      await db.$client.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function settlePeople() {
  const tokens: string[] = [];
  let owner: Actor | null = null;
  let projectId = '';
  for (let at = 0; at < PEOPLE; at++) {
    const email = `person-${at}@bench.example`;
    const { id, name } = await addUser({ email });
    const { token } = await issueToken(id, { name: 'bench', scopes: ['read', 'write'] });
    tokens.push(token);
    if (owner === null) {
      owner = { userId: id, name, email, via: { kind: 'token', id }, scopes: ['read', 'write'], ip: null };
      projectId = (await createProject(owner, { name: 'Bench' })).id;
    } else {
      await addMember(await authorize(owner, 'member.add', projectId), { email, role: 'editor' });
    }
  }
  if (owner === null) throw new Error('There are no people');
  return { projectId, tokens, grant: await authorize(owner, 'note.create', projectId) };
}
