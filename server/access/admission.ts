import { database } from '../../db/client';
import { findNote, selectNote } from '../../db/notes';
import type { Actor } from '../../lib/access/actor';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { type Credentials, findActor } from '../actor';
import { authorize } from './authorize';
import { countDenial } from './denials';
import { Recent } from './recent';

/** How long an answer may serve others who ask the same, in ms; every notice ends it. */
const KEEP_MS = 1_000;

export type Admission = {
  /** Who it is, and whether they may open the project's live feed or, with `noteId`, a note of it. @throws AppError */
  admit(credentials: Credentials, projectId: string, noteId: string | null): Promise<Grant>;
  /** Something changed that answers may rest on. */
  clear(): void;
};

/** Judges sockets at the door. Who it is, what they may do and whether the note is there are asked apart, and shared apart. */
export function createAdmission(): Admission {
  const actors = new Recent<Actor>(KEEP_MS);
  const grants = new Recent<Grant>(KEEP_MS);
  const notes = new Recent<{ isOpenToAll: boolean }>(KEEP_MS);
  const seen = new Recent<true>(KEEP_MS);

  async function actorOf(credentials: Credentials, door: 'sync' | 'live'): Promise<Actor> {
    const actor = await findActor(credentials);
    if (actor === null) {
      countDenial({ why: 'no proof', actor: null, ip: credentials.ip, action: door });
      throw new AppError('unauthenticated', 'Nobody is signed in here.');
    }
    return actor;
  }

  /** Most notes are there for everybody in the project, so that one question serves all who come. */
  async function mustBeThere(grant: Grant, noteId: string): Promise<void> {
    const { projectId, actor } = grant;
    const { isOpenToAll } = await notes.ask(
      `${projectId} ${noteId}`,
      async () => (await findNote(database(), grant, noteId)) ?? missing(),
    );
    if (isOpenToAll) return;
    await seen.ask(`${actor.userId} ${projectId} ${noteId}`, async () =>
      (await selectNote(database(), grant, noteId)) === null ? missing() : true,
    );
  }

  return {
    async admit(credentials, projectId, noteId) {
      const { cookie, authorization, token, ip } = credentials;
      const actor = await actors.ask(JSON.stringify([cookie, authorization, token, ip]), () =>
        actorOf(credentials, noteId === null ? 'live' : 'sync'),
      );
      const action = noteId === null ? 'live.open' : 'note.read';
      const grant = await grants.ask(`${actor.via.id} ${ip} ${action} ${projectId}`, () =>
        authorize(actor, action, projectId),
      );
      if (noteId !== null) await mustBeThere(grant, noteId);
      return grant;
    },
    clear() {
      for (const recent of [actors, grants, notes, seen]) recent.clear();
    },
  };
}

function missing(): never {
  throw new AppError('not-found', 'No such note.');
}
