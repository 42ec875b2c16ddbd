import { findStanding } from '../../db/access';
import { type Db, database } from '../../db/client';
import { selectDeleted } from '../../db/ended-projects';
import type { Actor } from '../../lib/access/actor';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { type Action, type Role, standingRole, WHILE_ARCHIVED, WITHOUT_FACTOR } from '../../lib/access/roles';
import { AppError } from '../../lib/errors';
import { archivedProject } from './archived';
import { countDenial } from './denials';

const READING: ReadonlySet<string> = new Set(['read', 'list', 'open']);

/** Whether an action changes nothing, so that a token with the scope `read` may do it. */
export function isReading(action: Action): boolean {
  return READING.has(action.split('.')[1] ?? '');
}

/**
 * The gate: lets an actor into a project for one action. The only maker of Grants.
 * @throws AppError not-found for a stranger (the same as for a project that does not exist), forbidden for a member
 * whose role does not allow it or a token that may only read, for whatever changes a project that is archived, and for a member without a
 * second factor where the project asks for one (a watch of theirs goes on: it tells nobody anything but the project).
 */
export async function authorize(
  actor: Actor,
  action: Action,
  projectId: string,
  db: Db = database(),
): Promise<Grant> {
  const standing = await findStanding(db, actor, projectId);
  const { ip } = actor;
  if (standing === null) {
    countDenial({ why: 'not a member', actor, ip, action, projectId });
    throw new AppError('not-found', 'There is no such project, or you are not a member of it.');
  }
  const { role, readersComment, archived, lacksFactor } = standing;
  if (lacksFactor && actor.via.kind !== 'watch' && !WITHOUT_FACTOR.has(action)) throw factorNeeded();
  if (!can(role, action, readersComment)) {
    countDenial({ why: 'role', actor, ip, action, projectId });
    throw new AppError(
      'forbidden',
      `Your role here is ${role}; that does not allow this. Ask an owner of the project.`,
    );
  }
  if (!isReading(action) && !actor.scopes.includes('write')) {
    countDenial({ why: 'role', actor, ip, action, projectId });
    throw new AppError('forbidden', 'This token may only read.');
  }
  if (!archived || WHILE_ARCHIVED.has(action)) return grant(actor, projectId, role);
  if (!isReading(action)) throw await archivedProject(db, projectId);
  // Whatever it opens, it opens for reading: a socket of a note asks this Grant whether it may write.
  return grant(actor, projectId, standingRole(role, archived));
}

/**
 * The gate of a project that was deleted: lets its owners in to restore it, and nobody else to anything.
 * @throws AppError not-found, the same as for a project that does not exist; forbidden for a token that may only read, and for an owner
 * without a second factor where the project asks for one.
 */
export async function authorizeRestore(actor: Actor, projectId: string, db: Db = database()): Promise<Grant> {
  if (!actor.scopes.includes('write')) throw new AppError('forbidden', 'This token may only read.');
  const [project] = await selectDeleted(db, actor, projectId);
  if (project === undefined) {
    countDenial({ why: 'not a member', actor, ip: actor.ip, action: 'project.restore', projectId });
    throw new AppError('not-found', 'There is no such deleted project, or you do not own it.');
  }
  if (project.lacksFactor) throw factorNeeded();
  return grant(actor, projectId, 'owner');
}

/** The refusal of whoever has no second factor where one is asked for. It says what to do; `details.reason` is `second-factor`. */
function factorNeeded(): AppError {
  return new AppError(
    'forbidden',
    'This project is open only to members with a second factor. Add an authenticator app or a passkey on the page of your account, then come back.',
    { details: { reason: 'second-factor' } },
  );
}

function grant(actor: Actor, projectId: string, role: Role): Grant {
  return { actor, projectId, role } as Grant;
}
