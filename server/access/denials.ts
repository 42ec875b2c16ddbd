import { insertAudit } from '../../db/audit';
import { type Db, database } from '../../db/client';
import { recordAccountEvents, selectNames } from '../../db/people';
import { selectExisting } from '../../db/projects';
import type { Actor } from '../../lib/access/actor';
import { networkOf } from '../client-address';
import { log } from '../log';

/** Why somebody was turned away: no valid proof, a page of another site, no member, a role that does not allow it. */
export type Denial = {
  readonly why: 'no proof' | 'another site' | 'not a member' | 'role';
  readonly actor: Pick<Actor, 'userId'> | null;
  readonly ip: string | null;
  /** The action or door, from our own lists; never anything of the request. */
  readonly action: string;
  readonly projectId?: string;
};

type Count = { denial: Denial; count: number; actions: Set<string>; projects: Set<string> };

/** How often the counts are written down, in ms. */
const EVERY = 60_000;
/** So many kinds of denial are told apart between two writings; the rest is one more row. */
const KINDS = 100;
/** So many actions and projects are named in a row. */
const NAMED = 5;

const HELD = Symbol.for('gloss.denials');
type Holder = { [HELD]?: Map<string, Count> };

/** The counts of this process, where both copies of this module (ours and Next's) find them. */
function counts(): Map<string, Count> {
  const holder = globalThis as Holder;
  holder[HELD] ??= new Map();
  return holder[HELD];
}

/** Counts that somebody was turned away. It costs no query: what a stranger tries in vain must not fill the log. */
export function countDenial(denial: Denial): void {
  const all = counts();
  const who = denial.actor?.userId ?? networkOf(denial.ip ?? 'unknown');
  const wanted = `${who} ${denial.why}`;
  const key = all.has(wanted) || all.size < KINDS ? wanted : 'others';
  const found = all.get(key) ?? {
    denial: key === 'others' ? { ...denial, actor: null, ip: null } : denial,
    count: 0,
    actions: new Set(),
    projects: new Set(),
  };
  found.count += 1;
  if (found.actions.size < NAMED) found.actions.add(denial.action);
  if (denial.projectId !== undefined && found.projects.size < NAMED) found.projects.add(denial.projectId);
  all.set(key, found);
}

/** Writes what was counted to the account log, a row for each person or network and reason, and begins anew. */
export async function writeDenials(): Promise<void> {
  const all = [...counts().values()];
  counts().clear();
  if (all.length === 0) return;
  const rows = all.map(({ denial, count, actions, projects }) => ({
    type: 'denied',
    userId: denial.actor?.userId ?? null,
    ip: denial.ip,
    details: { why: denial.why, count, actions: [...actions], projects: [...projects] },
  }));
  for (const row of rows) log.warn({ userId: row.userId, ip: row.ip, ...row.details }, 'access was refused');
  await recordAccountEvents(database(), rows);
  await tellProjects(database(), all);
}

/** Writes refusals into the audit of the projects that they were of, each by itself: nobody waits for two chains. */
async function tellProjects(db: Db, all: readonly Count[]): Promise<void> {
  const names = await selectNames(
    db,
    all.flatMap(({ denial }) => denial.actor?.userId ?? []),
  );
  const wanted = all.flatMap(({ projects }) => [...projects]);
  for (const projectId of await selectExisting(db, wanted)) {
    const acts = all
      .filter(({ projects }) => projects.has(projectId))
      .map(({ denial: { actor, ip, why }, count, actions }) => ({
        act: 'access.refused',
        subjectId: null,
        details: { why, count, actions: [...actions] },
        actor: { id: actor?.userId ?? null, name: names.get(actor?.userId ?? '') ?? 'Somebody', ip },
      }));
    await insertAudit(db, projectId, acts);
  }
}

/** Writes the counts down from time to time; answers how to stop, which writes the last ones. */
export function keepDenials(): () => Promise<void> {
  const write = () =>
    writeDenials().catch((error: Error) => log.error({ err: error }, 'refusals could not be written down'));
  const timer = setInterval(write, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await write();
  };
}
