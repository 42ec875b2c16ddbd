import { describe, expect, it } from 'vitest';
import { eventFor } from '@/lib/access/event-for';
import { NOTHING_HIDDEN } from '@/lib/access/hidden';
import { ROLES } from '@/lib/access/roles';
import { Event, type Happening } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import {
  annotationOf,
  claimOf,
  eventOf,
  followUpOf,
  PROJECT,
  SOURCE,
} from '@/tests/components/live/project-fixture';

const carried = (count: number): Happening => ({
  type: 'source.targets-carried',
  subject: { id: SOURCE, from: 1, to: 2, annotations: Array.from({ length: count }, () => annotationOf()) },
});

const actor = { userId: newId() };
const open = (event: Event) => ({ event, hidden: NOTHING_HIDDEN });

describe('What somebody hears of an event', () => {
  it('is nothing in another project, for any role', () => {
    for (const role of ROLES)
      expect(eventFor({ projectId: newId(), role, actor }, open(eventOf(1, carried(2))))).toBe(null);
  });

  it('of a claim is the event itself in their project, and nothing in another', () => {
    const event = eventOf(1, { type: 'claim.updated', subject: { ...claimOf(), did: 'signed-off' } });
    for (const role of ROLES) {
      expect(eventFor({ projectId: PROJECT, role, actor }, open(event))).toBe(event);
      expect(eventFor({ projectId: newId(), role, actor }, open(event))).toBe(null);
    }
  });

  it('of a follow-up is the event itself in their project, and nothing in another', () => {
    const event = eventOf(1, { type: 'follow-up.updated', subject: followUpOf() });
    for (const role of ROLES) {
      expect(eventFor({ projectId: PROJECT, role, actor }, open(event))).toBe(event);
      expect(eventFor({ projectId: newId(), role, actor }, open(event))).toBe(null);
    }
  });

  it('is the event itself where they may see all that it tells of', () => {
    const event = eventOf(1, carried(2));
    for (const role of ROLES) expect(eventFor({ projectId: PROJECT, role, actor }, open(event))).toBe(event);
  });

  it('is nothing where it tells of no mark that they may see', () => {
    expect(eventFor({ projectId: PROJECT, role: 'owner', actor }, open(eventOf(1, carried(0))))).toBe(null);
  });
});

it('an event of a program from before versions is still read', () => {
  const { anchoring: _, ...subject } = annotationOf();
  const read = Event.parse({ ...eventOf(1, carried(0)), happening: { type: 'annotation.created', subject } });
  expect(read.happening.subject).toMatchObject({ anchoring: null });
});
