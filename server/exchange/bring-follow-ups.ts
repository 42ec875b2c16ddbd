import { insertFollowUps, type NewFollowUp, selectFollowUpsById } from '../../db/follow-ups';
import type { FollowUp, RaisedBy } from '../../lib/follow-ups/follow-up';
import { MOST_QUOTED } from '../../lib/follow-ups/state';
import { type Coming, count, credit, cut, idsOf } from './coming';
import { settleUp } from './settle-up';

/** What raised a follow-up of the file, here; `null` where that is not here. */
function raisedHere(coming: Coming, { type, id, sourceId, annotationId, quote }: RaisedBy): RaisedBy | null {
  const { marks, claims, sources, comments, notes, codes } = coming;
  const here = {
    annotation: marks.get(id),
    claim: claims.get(id),
    source: sources.get(id)?.id,
    comment: comments.get(id),
    note: notes.get(id),
    code: codes.get(id),
  }[type];
  if (here === undefined) return null;
  return {
    ...{ type, id: here, quote: cut(quote, MOST_QUOTED) },
    sourceId: sources.get(sourceId ?? '')?.id ?? null,
    annotationId: marks.get(annotationId ?? '') ?? null,
  };
}

/** Brings some questions and tasks in together. */
export async function bringFollowUps(coming: Coming, some: readonly FollowUp[]): Promise<void> {
  const { tx, grant, losses, waiting } = coming;
  const ids = some.flatMap(({ id }) => idsOf(coming, 'follow-up', id).all);
  const there = new Set((await selectFollowUpsById(tx, grant, ids)).map(({ id }) => id));
  const fresh: { given: FollowUp; row: NewFollowUp }[] = [];
  for (const given of some) {
    const { made, all } = idsOf(coming, 'follow-up', given.id);
    if (all.some((one) => there.has(one))) count(coming, 'Follow-ups', given.id, false);
    else fresh.push({ given, row: followUpHere(coming, given, made) });
    // A file may have it twice.
    there.add(made);
  }
  const made = await insertFollowUps(
    tx,
    grant,
    fresh.map(({ row }) => row),
  );
  for (const { given, row } of fresh) {
    if (!made.has(row.id)) {
      losses.add('Follow-ups that can’t be told apart', 'Something else has their id.', row.wording);
      continue;
    }
    credit(coming, row.id, { key: given.creator.id, name: given.creator.name });
    waiting.events.push({ type: 'follow-up.created', id: row.id });
    count(coming, 'Follow-ups', given.id, true);
  }
  await settleUp(coming);
}

/** A follow-up as it would stand here. */
function followUpHere(coming: Coming, given: FollowUp, id: string): NewFollowUp {
  const { losses, members } = coming;
  const wording = cut(given.wording.trim(), 1_000) || 'Untitled';
  const raisedBy = given.raisedBy && raisedHere(coming, given.raisedBy);
  if (given.raisedBy && raisedBy === null)
    losses.add('What raised follow-ups', 'It is not here; they come in without it.', wording);
  const ownerId = given.owner && (members.get(given.owner.id) ?? null);
  if (given.owner && ownerId === null)
    losses.add(
      'Who sees to follow-ups',
      'They are no members of this project, by their e-mail.',
      given.owner.name,
    );
  const { kind, due, state, place } = given;
  const details = cut(given.details, 10_000);
  return { id, kind, wording, details, due, state, place, ownerId, raisedBy };
}
