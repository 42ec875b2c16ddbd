import { describe, expect, it } from 'vitest';
import { withoutWithheld } from '@/lib/access/without-withheld';
import type { Happening } from '@/lib/events/event';

const [SECRET, OPEN, THING] = ['secret', 'open', 'thing'];
const happening = (type: string, subject: object) => ({ type, subject }) as unknown as Happening;
const left = (type: string, subject: object) =>
  withoutWithheld(happening(type, subject), new Set([SECRET as string]))?.subject;

describe('What is left of a happening for whom something is withheld', () => {
  it('is all of it, and the very same, where it names nothing of that', () => {
    const given = happening('annotation.created', { id: THING, sourceId: OPEN, codeIds: [] });
    expect(withoutWithheld(given, new Set([SECRET as string]))).toBe(given);
    expect(withoutWithheld(given, new Set())).toBe(given);
  });

  it('is nothing where it is about it, or about what hangs on it, however deep that is said', () => {
    expect(left('source.updated', { id: SECRET })).toBeUndefined();
    expect(left('annotation.created', { id: THING, sourceId: SECRET })).toBeUndefined();
    expect(left('follow-up.created', { id: THING, raisedBy: { sourceId: SECRET } })).toBeUndefined();
  });

  it('is the rest of a list that names it among others', () => {
    expect(left('pass.updated', { id: THING, sourceIds: [OPEN, SECRET] })).toEqual({
      id: THING,
      sourceIds: [OPEN],
    });
    const assignments = [{ sourceId: SECRET }, { sourceId: OPEN }];
    expect(left('pass.updated', { id: THING, assignments })).toEqual({
      id: THING,
      assignments: [{ sourceId: OPEN }],
    });
  });

  it('is no count and no title that would tell of it', () => {
    expect(left('note.query-frozen', { id: THING, q: 'x', total: 12 })).toMatchObject({ total: null });
    expect(
      left('guest-link.created', { id: THING, title: 'Its wording', claimIds: [SECRET] }),
    ).toBeUndefined();
    expect(left('guest-link.created', { id: THING, title: 'Another', claimIds: [OPEN] })).toMatchObject({
      title: 'Another',
    });
  });
});
