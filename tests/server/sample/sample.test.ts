import { describe, expect, it } from 'vitest';
import { NewAnnotation } from '@/lib/annotations/annotation';
import { NewClaim } from '@/lib/claims/claim';
import { NewCode } from '@/lib/codebook/code';
import { NewFollowUp } from '@/lib/follow-ups/follow-up';
import { newId } from '@/lib/new-id';
import { findFurniture } from '@/lib/sources/furniture';
import { SAMPLE_TEXT, SAMPLE_TITLE } from '@/server/sample/article';
import { SAMPLE_CLAIMS, SAMPLE_FOLLOW_UPS } from '@/server/sample/ledger';
import { SAMPLE_CODES, SAMPLE_MARKS, SAMPLE_NOTE } from '@/server/sample/marks';
import { articleFromText } from '@/server/sources/import-text';

const count = (motivation: string) => SAMPLE_MARKS.filter((mark) => mark.motivation === motivation).length;

describe('the sample', () => {
  it('is read letter for letter, and begins with its title', () => {
    expect(articleFromText(SAMPLE_TEXT)).toMatchObject({ title: SAMPLE_TITLE, text: SAMPLE_TEXT });
    expect(findFurniture(SAMPLE_TEXT)).toBeNull();
    expect(SAMPLE_TEXT.split(/\s+/).length).toBeGreaterThan(600);
  });

  it.each(SAMPLE_MARKS)('holds the passage of each mark exactly once: $exact', ({ exact }) => {
    expect(SAMPLE_TEXT.split(exact)).toHaveLength(2);
  });

  it('shows every kind of mark', () => {
    expect({
      quotes: count('quoting'),
      claims: count('claiming'),
      codings: count('classifying'),
      highlights: count('highlighting'),
      comments: count('commenting'),
    }).toEqual({ quotes: 6, claims: 3, codings: 5, highlights: 2, comments: 1 });
    expect(SAMPLE_MARKS.filter(({ quote }) => quote).map(({ motivation }) => motivation)).toEqual(
      Array(6).fill('quoting'),
    );
    expect(SAMPLE_MARKS.flatMap(({ thread }) => thread ?? [])).toHaveLength(3);
  });

  it('is data that the contract takes', () => {
    for (const { motivation, exact, body, quote } of SAMPLE_MARKS) {
      const selector = [{ type: 'TextQuoteSelector', exact }];
      const value = body ? { type: 'TextualBody', value: body } : undefined;
      NewAnnotation.parse({ sourceId: newId(), motivation, selector, body: value, quote });
    }
    for (const code of SAMPLE_CODES) NewCode.parse(code);
  });

  it('uses each of its codes, and no other', () => {
    const used = new Set(SAMPLE_MARKS.flatMap(({ codes }) => codes ?? []));
    expect([...used].sort()).toEqual(SAMPLE_CODES.map(({ name }) => name).sort());
    expect(new Set(SAMPLE_CODES.map(({ colour }) => colour)).size).toBe(4);
  });

  it('has claims and follow-ups that the contract takes, on marks that are there', () => {
    expect([SAMPLE_CLAIMS.length, SAMPLE_FOLLOW_UPS.length]).toEqual([2, 2]);
    for (const { by: _, ...claim } of SAMPLE_CLAIMS) {
      const evidence = claim.evidence.map(({ mark, ...one }) => {
        expect(SAMPLE_MARKS[mark]).toBeDefined();
        return { ...one, annotationId: newId() };
      });
      NewClaim.parse({ ...claim, evidence });
    }
    expect(SAMPLE_CLAIMS.flatMap(({ evidence }) => evidence.map(({ stance }) => stance))).toEqual(
      expect.arrayContaining(['supports', 'disputes', 'context']),
    );
    for (const { mark, isOfComment, owner: _, ...followUp } of SAMPLE_FOLLOW_UPS) {
      NewFollowUp.parse(followUp);
      expect(SAMPLE_MARKS[mark]?.thread?.length ?? 0).toBeGreaterThan(isOfComment ? 1 : -1);
    }
  });

  it('has chips in its note only for marks that are there', () => {
    const chips = SAMPLE_NOTE.flatMap((block) => (block.kind === 'paragraph' ? block.runs : [])).filter(
      (run) => typeof run !== 'string',
    );
    expect(chips.length).toBeGreaterThan(5);
    for (const { mark } of chips) expect(SAMPLE_MARKS[mark]?.exact).toBeDefined();
  });
});
