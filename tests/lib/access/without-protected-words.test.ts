import { describe, expect, it } from 'vitest';
import { withoutProtectedWords } from '@/lib/access/without-protected-words';
import type { Happening } from '@/lib/events/event';

const [SECRET, OPEN, THING] = ['secret', 'open', 'thing'];
const happening = (type: string, subject: object) => ({ type, subject }) as unknown as Happening;
const told = (type: string, subject: object) =>
  withoutProtectedWords(happening(type, subject), new Set([SECRET as string])).subject;
const quote = { type: 'TextQuoteSelector', exact: 'near', prefix: 'hidden words ', suffix: ' hidden, too' };

describe('What is told of a source with protected passages', () => {
  it('is all of it, and the very same, where it is about another', () => {
    const given = happening('annotation.created', { id: THING, sourceId: OPEN, selector: [quote] });
    expect(withoutProtectedWords(given, new Set([SECRET as string]))).toBe(given);
    expect(withoutProtectedWords(given, new Set())).toBe(given);
  });

  it('is a mark without what stands around it, now and where it stood before', () => {
    const { type: _, ...from } = quote;
    expect(
      told('annotation.updated', { id: THING, sourceId: SECRET, body: 'Said', selector: [quote], from }),
    ).toEqual({
      ...{ id: THING, sourceId: SECRET, body: 'Said' },
      selector: [{ ...quote, prefix: '', suffix: '' }],
      from: { exact: 'near', prefix: '', suffix: '' },
    });
    const annotations = [{ id: THING, sourceId: SECRET, selector: [quote] }];
    expect(told('source.targets-carried', { id: SECRET, annotations })).toMatchObject({
      annotations: [{ selector: [{ exact: 'near', prefix: '', suffix: '' }] }],
    });
  });

  it('is no hash of its text, no word of what was decided in it, and no count of what was found', () => {
    const text = { version: 2, hash: 'ab'.repeat(32), length: 10 };
    expect(told('source.updated', { id: SECRET, title: 'The papers', text })).toEqual({
      ...{ id: SECRET, title: 'The papers' },
      text: { ...text, hash: '0'.repeat(64) },
    });
    const gold = [{ codeId: 'code', start: 1, end: 9, exact: 'hidden' }];
    expect(told('decision.made', { id: THING, sourceId: SECRET, gold })).toMatchObject({
      gold: [{ start: 1, end: 9, exact: '' }],
    });
    expect(told('note.query-frozen', { id: THING, q: 'x', total: 12 })).toMatchObject({ total: null });
  });
});
