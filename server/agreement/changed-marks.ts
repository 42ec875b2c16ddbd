import { database } from '../../db/client';
import { listEvents } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import type { EventType } from '../../lib/events/event';
import { marksIn } from '../../lib/events/marks-in';

/** Events read at most: with more, reading all marks is no slower. */
const MOST_EVENTS = 500;
const MOST_MARKS = 2_000;

/** Nouns whose events change no coding but those of the marks they name. */
const BY_MARK: ReadonlySet<string> = new Set([
  ...['annotation', 'thread', 'comment', 'follow-up', 'claim', 'claim-status', 'note', 'decision'],
  ...['speaker', 'analysis', 'variable', 'webhook', 'invitation'],
]);
const ALSO: ReadonlySet<EventType> = new Set<EventType>([
  ...(['code.created', 'code.updated', 'code.moved', 'code.reviewed', 'code.recoded'] as const),
  ...(['source.created', 'source.watch-set', 'source.watch-removed', 'source.watch-stopped'] as const),
]);

/**
 * The marks that may be other than they were after an event, by the events up to another; `null` where more than marks
 * changed (who codes what, the version of a source, a code that went into another), or too much.
 */
export async function changedMarks(grant: Grant, after: number, until: number): Promise<string[] | null> {
  const events = await listEvents(database(), grant, after, MOST_EVENTS);
  if ((events.at(-1)?.event.id ?? until) < until) return null;
  const found = new Set<string>();
  for (const { event } of events) {
    const { type } = event.happening;
    if (!BY_MARK.has(type.split('.')[0] ?? '') && !ALSO.has(type)) return null;
    for (const id of marksIn(event.happening)) found.add(id);
  }
  return found.size > MOST_MARKS ? null : [...found];
}
