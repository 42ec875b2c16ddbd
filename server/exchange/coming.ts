import type { BroughtIn } from '../../db/brought-in';
import type { Transaction } from '../../db/client';
import { selectMembers } from '../../db/members';
import type { Grant } from '../../lib/access/grant';
import type { TextIndex } from '../../lib/anchoring/anchor';
import type { Happening } from '../../lib/events/event';
import { IMPORTED, type ImportReport } from '../../lib/exchange/import-report';
import type { Incoming } from '../../lib/exchange/incoming';
import type { Losses } from '../../lib/exchange/losses';
import type { refit } from '../../lib/exchange/refit';
import type { Held } from '../codebook/hold';
import type { GivenTo } from '../speakers/give-quote';
import { importIdInTurn } from './import-id';

export type What = ImportReport['items'][number]['what'];
export type Place = {
  id: string;
  text: string;
  version: number;
  /** Where a span of the file's text is here; `null` for all where the file has no text. */
  move: ReturnType<typeof refit> | null;
  /** Made when words are first looked for that do not stand there letter for letter. */
  index?: TextIndex;
};

/** A round of coding that a file brings marks into. */
export type PassHere = {
  readonly id: string;
  /** Ids here of its coders by the file's keys: of the one that whoever brings it in is, and of named ones. */
  readonly coders: ReadonlyMap<string, { readonly id: string; readonly isMine: boolean }>;
  /** The keys of its coders by those of the people they are. */
  readonly byPerson: ReadonlyMap<string, string>;
  /** Ids here of its sources. */
  readonly sources: ReadonlySet<string>;
  readonly isHiding: boolean;
};

/** What is known while a file comes in: ids here by the file's keys. */
export type Coming = {
  readonly tx: Transaction;
  readonly grant: Grant;
  readonly held: Held;
  readonly losses: Losses;
  readonly counts: Record<What, { added: number; there: number }>;
  readonly codes: Map<string, string>;
  readonly sources: Map<string, Place>;
  readonly byAddress: Map<string, string>;
  readonly marks: Map<string, string>;
  readonly claims: Map<string, string>;
  readonly notes: Map<string, string>;
  readonly speakers: Map<string, string>;
  readonly threads: Map<string, string>;
  readonly comments: Map<string, string>;
  /** Rounds of coding that are here, by the file's keys. */
  readonly passes: Map<string, PassHere>;
  /** Members of the project that people of the file are, by e-mail. */
  readonly members: Map<string, string>;
  /** Keys of what is new. */
  readonly added: Set<string>;
  /** Whom quotes that say the same of their speaker were given to. */
  readonly given: Map<string, GivenTo>;
  /** Who made what, and events of what is new, until `settleUp` writes them. */
  readonly waiting: { credits: BroughtIn[]; events: ({ type: Told; id: string } | Happening)[] };
};

/** Events of things that come by the thousand. */
export type Told = 'annotation.created' | 'claim.created' | 'thread.created' | 'follow-up.created';

/** Begins with nothing but the members. */
export async function beginComing(
  tx: Transaction,
  grant: Grant,
  held: Held,
  { people }: Pick<Incoming, 'people'>,
  losses: Losses,
): Promise<Coming> {
  const byEmail = new Map((await selectMembers(tx, grant)).map((one) => [one.email, one.userId]));
  const members = people.flatMap(({ id, email }) => {
    const userId = byEmail.get(email.trim().toLowerCase());
    return userId === undefined ? [] : [[id, userId] as const];
  });
  const counts = Object.fromEntries(IMPORTED.map((what) => [what, { added: 0, there: 0 }]));
  return {
    ...{ tx, grant, held, losses, counts: counts as Coming['counts'], codes: new Map(), sources: new Map() },
    ...{ byAddress: new Map(), marks: new Map(), claims: new Map(), notes: new Map(), speakers: new Map() },
    ...{
      threads: new Map(),
      comments: new Map(),
      passes: new Map(),
      members: new Map(members),
      added: new Set(),
      given: new Map(),
      waiting: { credits: [], events: [] },
    },
  };
}

/** Counts a thing that is new, or was there. */
export function count({ counts, added }: Coming, what: What, key: string, isNew: boolean): void {
  counts[what][isNew ? 'added' : 'there'] += 1;
  if (isNew) added.add(key);
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The ids that a thing may have here: its own, where the file comes from this project, and the one made from it. */
export function idsOf({ grant }: Coming, kind: string, key: string): { made: string; all: string[] } {
  const made = importIdInTurn(grant.projectId, kind, key);
  return { made, all: ID.test(key) ? [key, made] : [made] };
}

/** Whether the file's person is whoever brings it in. */
export const isMine = ({ members, grant }: Coming, personKey: string): boolean =>
  members.get(personKey) === grant.actor.userId;

/**
 * Keeps who made a thing, where that is not whoever brings it in. It is never made another member's: what a file says, anybody
 * can have written. It is written with the next `settleUp`.
 */
export function credit(
  coming: Coming,
  subjectId: string,
  maker: { readonly key?: string | undefined; readonly name: string },
): void {
  const { grant, losses, waiting } = coming;
  // Where it was brought in before, who did so is said anew.
  const name = maker.name
    .replace(/ \(brought in by .*\)$/, '')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  const mine = maker.key === undefined ? name === grant.actor.name : isMine(coming, maker.key);
  if (name === '' || (mine && maker.name === name)) return;
  waiting.credits.push({ subjectId, author: name });
  losses.add('Who made it', 'It is called theirs, brought in by you: nobody is signed in by a file.', name);
}

/** Letters that Postgres keeps, at most so many. */
export const cut = (words: string, most: number): string => words.slice(0, most).toWellFormed();
