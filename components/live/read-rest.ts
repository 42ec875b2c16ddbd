import type { Claim } from '@/lib/claims/claim';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { LISTS_IN_PARTS, type ListInParts } from '@/lib/live/snapshot';
import { type call as Call, CallError } from '../ui/http';
import type { ProjectStore } from './project-store';

const PAGE = 500;
/** Kinds of failure after which the same is asked again. */
const PASSING = ['offline', 'unavailable', 'rate-limited'];

type Needs = {
  readonly store: ProjectStore;
  readonly call: typeof Call;
  /** Waits before a page is asked for again. */
  readonly pause: () => Promise<void>;
};

/** So many things are taken in at once: each time, whatever shows the list is drawn anew. */
const GATHER = 10_000;

/**
 * Reads on, list after list, what the project's first snapshot did not hold; without a connection it waits for one. Pages are
 * gathered and taken in together. Ends when all is there, or when `isOver` says so.
 */
export async function readRest({ store, call, pause }: Needs, isOver: () => boolean): Promise<void> {
  for (const list of LISTS_IN_PARTS) {
    let next = store.getState().coming.get(list) ?? null;
    let gathered: (Claim | FollowUp)[] = [];
    while (next !== null && !isOver()) {
      try {
        const page = await readPage(call, store.getState().project.id, list, next);
        gathered = [...gathered, ...page.items];
        next = page.nextCursor;
      } catch (error) {
        if (!(error instanceof CallError && PASSING.includes(error.code))) throw error;
        await pause();
        continue;
      }
      if (isOver() || (next !== null && gathered.length < GATHER)) continue;
      store.dispatch({ type: 'read-on', list, told: { [list]: gathered }, next });
      gathered = [];
    }
  }
}

function readPage(
  call: typeof Call,
  projectId: string,
  list: ListInParts,
  cursor: string,
): Promise<{ items: (Claim | FollowUp)[]; nextCursor: string | null }> {
  const given = { params: { projectId }, query: { limit: PAGE, cursor } };
  return list === 'claims' ? call('claim.list', given) : call('follow-up.list', given);
}
