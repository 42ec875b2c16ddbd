import { describe, expect, it } from 'vitest';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { csvCell } from '@/lib/csv';
import { findQuotes } from '@/lib/quotes/find-quotes';
import { teaching, withAliases } from '@/lib/quotes/known-speakers';
import { quoteFrom } from '@/lib/quotes/quote-from';
import { withKnown } from '@/lib/quotes/with-known';

const TEXT =
  '“It has cracks,” Berg reportedly told the council, according to a draft report obtained by The Post.';
const speaker = {
  id: 'one',
  name: 'Karl Berg',
  aliases: ['Berg'],
  isProtected: false,
  merged: [{ id: 'was' }],
};

describe('A proposal that is accepted', () => {
  it('keeps the hedge, the chain link by link, and the name as the rules read it', () => {
    const [proposal] = findQuotes(TEXT);
    if (proposal === undefined) throw new Error('nothing was proposed');
    expect(quoteFrom(proposal, 'Karl Berg')).toEqual({
      ...EMPTY_QUOTE,
      speaker: 'Karl Berg',
      written: 'Berg',
      hedged: true,
      hedges: ['reportedly'],
      chain: [
        { role: 'document', label: 'a draft report', sourceId: null, speakerId: null },
        { role: 'outlet', label: 'The Post', sourceId: null, speakerId: null },
      ],
    });
    expect(quoteFrom(proposal, '').written).toBe('');
  });
});

describe('What is known of speakers', () => {
  it('leads from an alias to the name, though no quote says so', () => {
    const [proposal] = withKnown(findQuotes(TEXT), withAliases({}, [speaker]));
    expect(proposal).toMatchObject({ speaker: 'Karl Berg', written: 'Berg' });
    expect(proposal?.reason).toContain('“Berg” is known as “Karl Berg” in this project');
  });

  it('gives way to what was corrected in a quote', () => {
    const known = withAliases({ aliases: new Map([['berg', 'Anna Berg']]), speakers: ['Anna Berg'] }, [
      speaker,
    ]);
    expect(known.aliases?.get('berg')).toBe('Anna Berg');
    expect(known.speakers).toEqual(['Anna Berg', 'Karl Berg']);
  });

  it('teaches nothing of a protected one: neither the record nor the quotes that are theirs', () => {
    const secret = { ...speaker, name: 'A clerk', isProtected: true };
    expect(withAliases({}, [secret])).toEqual({ aliases: new Map(), speakers: [] });
    const quotes = ['one', 'was', 'two', null].map((speakerId) => ({ quote: { ...EMPTY_QUOTE, speakerId } }));
    expect(teaching(quotes, [secret]).map(({ quote }) => quote.speakerId)).toEqual(['two', null]);
  });
});

describe('A cell of a table', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1'])('is no formula: %j', (value) => {
    expect(csvCell(value)).toBe(`"'${value}"`);
  });

  it('keeps words as they are, with quotation marks doubled', () => {
    expect(csvCell('He said "no", twice')).toBe('"He said ""no"", twice"');
  });
});
