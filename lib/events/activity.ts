import { z } from 'zod';
import { Person } from '../annotations/annotation';
import type { Event, EventType } from './event';

/** What the log can be narrowed to, with the beginnings of the types of its events. */
const BEGINNINGS = {
  marks: ['annotation.', 'source.targets-'],
  discussions: ['thread.', 'comment.'],
  claims: ['claim.', 'claim-status.'],
  followUps: ['follow-up.'],
  passes: ['pass.', 'decision.'],
  speakers: ['speaker.'],
  notes: ['note.'],
  codes: ['code.'],
  sources: ['source.'],
  analyses: ['analysis.', 'variable.'],
  people: ['member.', 'invitation.', 'guest-link.', 'project.'],
} as const satisfies Record<string, readonly string[]>;

export type ActivityKind = keyof typeof BEGINNINGS;
export const ACTIVITY_KINDS = Object.keys(BEGINNINGS) as [ActivityKind, ...ActivityKind[]];

/** The beginnings of the types of events of this kind. */
export function beginningsOf(kind: ActivityKind): readonly string[] {
  return BEGINNINGS[kind];
}

/** What was made since somebody was last here, by others. */
export const SINCE = [
  'marks',
  'comments',
  'claims',
  'sources',
  'versions',
  'codes',
  'follow-ups',
  'notes',
] as const;
export const Since = z.object({
  /** When they were last here; `null` on a first visit, which has nothing to catch up with. */
  at: z.iso.datetime().nullable(),
  counts: z.array(z.object({ of: z.enum(SINCE), count: z.int().min(1) })),
  /** Who made it, whoever made most of it first. */
  people: z.array(Person),
  /** There is more than was counted. */
  more: z.boolean(),
});
export type Since = z.infer<typeof Since>;

const COUNTED: Partial<Record<EventType, (typeof SINCE)[number]>> = {
  'annotation.created': 'marks',
  'thread.created': 'comments',
  'comment.created': 'comments',
  'claim.created': 'claims',
  'source.created': 'sources',
  'source.version-created': 'versions',
  'code.created': 'codes',
  'code.split': 'codes',
  'follow-up.created': 'follow-ups',
};

/** Counts what others than this person made, and notes that they wrote in, each note once. */
export function countSince(events: readonly Event[], userId: string): Pick<Since, 'counts' | 'people'> {
  const counts = new Map<(typeof SINCE)[number], number>();
  const people = new Map<string, { person: Person; made: number }>();
  const notes = new Set<string>();
  const count = (of: (typeof SINCE)[number], actor: Event['actor']) => {
    counts.set(of, (counts.get(of) ?? 0) + 1);
    if (actor.id === null) return;
    const known = people.get(actor.id) ?? { person: { id: actor.id, name: actor.name }, made: 0 };
    people.set(actor.id, { ...known, made: known.made + 1 });
  };
  for (const { actor, happening } of events) {
    if (actor.id === userId) continue;
    const of = COUNTED[happening.type];
    if (of !== undefined) count(of, actor);
    if (happening.type !== 'note.edited' || notes.has(happening.subject.id)) continue;
    notes.add(happening.subject.id);
    count('notes', actor);
  }
  return {
    counts: SINCE.flatMap((of) => (counts.has(of) ? [{ of, count: counts.get(of) as number }] : [])),
    people: [...people.values()].sort((a, b) => b.made - a.made).map(({ person }) => person),
  };
}
