import { selectAnnotationsById } from '../../db/annotations';
import { insertBroughtIn } from '../../db/brought-in';
import { selectClaimsById } from '../../db/claims';
import { selectFollowUpsById } from '../../db/follow-ups';
import { selectThreads } from '../../db/threads';
import type { Happening } from '../../lib/events/event';
import { publishAll } from '../events/publish';
import type { Coming, Told } from './coming';

/** Things of a file that are looked up, written and told of together: what one statement takes. */
const AT_ONCE = 200;

/** A list in parts that are brought in together. */
export function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}

/** The new things as they are now, by their ids, as events of their kind have them. */
async function happeningsOf(
  { tx, grant }: Coming,
  type: Told,
  ids: readonly string[],
): Promise<Map<string, Happening>> {
  const all: Happening[] = [];
  if (type === 'annotation.created')
    for (const subject of await selectAnnotationsById(tx, grant, ids)) all.push({ type, subject });
  else if (type === 'claim.created')
    for (const subject of await selectClaimsById(tx, grant, ids)) all.push({ type, subject });
  else if (type === 'thread.created')
    for (const subject of await selectThreads(tx, grant, { ids }, { limit: ids.length }))
      all.push({ type, subject });
  else for (const subject of await selectFollowUpsById(tx, grant, ids)) all.push({ type, subject });
  return new Map(all.map((one) => [(one.subject as { id: string }).id, one]));
}

/**
 * Writes who made what, then tells of what is new, in its order: what `credit` and `waiting` have since the last time. Comes before
 * anything else reads or tells of these things.
 */
export async function settleUp(coming: Coming): Promise<void> {
  const { tx, grant, waiting } = coming;
  const [credits, events] = [waiting.credits.splice(0), waiting.events.splice(0)];
  for (const some of inParts(credits)) await insertBroughtIn(tx, grant, some);
  for (const some of inParts(events)) {
    const found = new Map<string, Happening>();
    const asked = some.filter((one) => 'id' in one);
    for (const [type, told] of Map.groupBy(asked, (one) => one.type)) {
      const ids = told.map(({ id }) => id);
      for (const [id, one] of await happeningsOf(coming, type, ids)) found.set(id, one);
    }
    await publishAll(
      tx,
      grant,
      some.flatMap((one) => ('id' in one ? (found.get(one.id) ?? []) : one)),
    );
  }
}

/** Tells of something with the next `settleUp`, which comes by itself when much has gathered. */
export async function tell(coming: Coming, happening: Happening): Promise<void> {
  coming.waiting.events.push(happening);
  if (coming.waiting.events.length >= AT_ONCE) await settleUp(coming);
}
