import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import { type Grounds, judge, summarise } from '@/lib/coverage/judge';
import { plainStatement, signedText } from '@/lib/coverage/signed-text';
import { statementsOf } from '@/lib/coverage/statement';
import { newId } from '@/lib/new-id';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';

const SCHEMA = getSchema(noteSchemaExtensions());
const [LEDGER, POST, REPORT] = [newId(), newId(), newId()];
const markOf = (sourceId: string, exact: string, fields: Partial<Annotation> = {}) =>
  ({
    id: newId(),
    sourceId,
    motivation: 'quoting',
    selector: [
      { type: 'TextPositionSelector', start: 0, end: exact.length },
      { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
    ],
    deleted: null,
    anchoring: null,
    quote: null,
    modified: '2026-01-01T00:00:00.000Z',
    ...fields,
  }) as unknown as Annotation;
const claimOn = (mark: Annotation, status: string, fields: Partial<Claim> = {}) =>
  ({
    id: newId(),
    status,
    deleted: null,
    reopened: null,
    evidence: [{ annotationId: mark.id, sourceId: mark.sourceId, stance: 'supports' }],
    ...fields,
  }) as unknown as Claim;

type Given = {
  marks?: Annotation[];
  claims?: Claim[];
  texts?: Record<string, string>;
  links?: Grounds['links'];
};

/** Judges a paragraph's one sentence: `@` stands for the next mark, `#` for a link to the next claim. */
function judged(sentence: string, { marks = [], claims = [], texts = {}, links = [] }: Given = {}) {
  const [left, stated] = [[...marks], [...claims]];
  const content = sentence.split(/([@#])/).flatMap((part): object[] => {
    if (part === '') return [];
    if (part === '@') return [{ type: 'quoteChip', attrs: { annotationId: left.shift()?.id ?? newId() } }];
    if (part === '#') return [{ type: 'reference', attrs: { kind: 'claim', id: stated.shift()?.id } }];
    return [{ type: 'text', text: part }];
  });
  const doc = SCHEMA.nodeFromJSON({ type: 'doc', content: [{ type: 'paragraph', content }] });
  const [statement] = statementsOf(doc);
  if (statement === undefined) throw new Error('no sentence');
  return judge(statement, {
    annotation: (id) => marks.find((mark) => mark.id === id) ?? null,
    claims,
    isOpen: (status) => status === 'checking',
    links,
    textOf: (id) => texts[id] ?? null,
  });
}

describe('What backs a sentence', () => {
  const ledger = markOf(LEDGER, 'It has cracks');
  const post = markOf(POST, 'The piers have cracks');

  it('is nothing where it names no mark, no claim and no source', () => {
    expect(judged('The bridge was closed.')).toMatchObject({ backing: 'nothing', origins: 0, concerns: [] });
  });

  it('is one origin for one source, and for two that have it from the same', () => {
    expect(judged('The bridge has cracks @.', { marks: [ledger] }).backing).toBe('single-origin');
    const links = [LEDGER, POST].map((sourceId) => ({ sourceId, originId: REPORT }));
    const given = { marks: [ledger, post] };
    expect(judged('The bridge has cracks @ @.', given)).toMatchObject({ backing: 'sourced', origins: 2 });
    expect(judged('The bridge has cracks @ @.', { ...given, links })).toMatchObject({
      backing: 'single-origin',
      origins: 1,
      sourceIds: [LEDGER, POST],
    });
  });

  it('is one origin for quotes in two sources that came through one document', () => {
    const chain = [{ role: 'document', label: 'The draft report', sourceId: null, speakerId: null }];
    const quote = { chain } as unknown as Annotation['quote'];
    const marks = [
      markOf(LEDGER, 'It has cracks', { quote }),
      markOf(POST, 'The piers have cracks', { quote }),
    ];
    expect(judged('The bridge has cracks @ @.', { marks })).toMatchObject({
      backing: 'single-origin',
      sourceIds: [LEDGER, POST],
    });
  });

  it('says that a quote is off the record', () => {
    const quote = { level: 'off-record', chain: [] } as unknown as Annotation['quote'];
    expect(judged('Cracks @.', { marks: [markOf(LEDGER, 'It has cracks', { quote })] }).concerns).toEqual([
      'off-record',
    ]);
  });

  it('counts the evidence of a claim that it names, and of one that its mark was brought to', () => {
    const claim = claimOn(post, 'corroborated');
    expect(judged('It has cracks #.', { claims: [claim] })).toMatchObject({
      backing: 'single-origin',
      claims: [claim],
    });
    expect(judged('It has cracks @.', { marks: [post], claims: [claim] }).claims).toEqual([claim]);
  });

  it.each(['contradicted', 'disputed', 'unsupported', 'retracted'])(
    'is disputed by a claim that is %s',
    (status) => {
      expect(judged('It is safe #.', { claims: [claimOn(ledger, status)] }).backing).toBe('disputed');
    },
  );

  it('is disputed by evidence against its claim, and says that a claim is open', () => {
    const against = {
      annotationId: post.id,
      sourceId: POST,
      stance: 'disputes',
    } as Claim['evidence'][number];
    const claim = claimOn(ledger, 'checking');
    expect(
      judged('It is safe #.', { claims: [{ ...claim, evidence: [...claim.evidence, against] }] }),
    ).toMatchObject({
      backing: 'disputed',
      concerns: ['claim-open'],
    });
  });

  it('is no mark that is gone, lost or an orphan; one that changed is told', () => {
    const anchoring = { version: 2, outcome: 'changed', state: 'waiting' } as Annotation['anchoring'];
    const gone = markOf(LEDGER, 'It has cracks', { deleted: '2026-01-02T00:00:00.000Z' });
    const lost = markOf(LEDGER, 'It has cracks', {
      anchoring: { ...anchoring, outcome: 'lost' } as Annotation['anchoring'],
    });
    for (const mark of [gone, lost]) {
      expect(judged('Cracks @.', { marks: [mark] })).toMatchObject({
        backing: 'nothing',
        concerns: ['mark-gone'],
      });
    }
    expect(judged('Cracks @.', { marks: [markOf(LEDGER, 'It has cracks', { anchoring })] })).toMatchObject({
      backing: 'single-origin',
      concerns: ['mark-changed'],
    });
  });

  it('is disputed where a quotation differs from its mark or from the text of its source', () => {
    const said = judged('“It had cracks,” he said @.', { marks: [ledger] });
    expect(said).toMatchObject({ backing: 'disputed', concerns: ['quotation-differs'] });
    expect(said.quotations[0]?.parts.filter(({ kind }) => kind !== 'same').map(({ words }) => words)).toEqual(
      ['has', 'had'],
    );
    const texts = {
      [LEDGER]: 'Nobody looked. “We were never told of any of it,” said Lund. The rest is known.',
    };
    const given = { marks: [ledger], texts };
    expect(judged('“We were never told of any of it,” @.', given).concerns).toEqual([]);
    expect(judged('“We were never told about any of it,” @.', given).concerns).toEqual(['quotation-differs']);
    expect(judged('“Ships sail tomorrow at noon,” he said @.', given).concerns).toEqual([
      'quotation-missing',
    ]);
  });

  it('does not miss a term in quotation marks', () => {
    expect(judged('The “safe” bridge @.', { marks: [ledger] }).concerns).toEqual([]);
  });

  it('is counted over a draft', () => {
    const all = [judged('A bridge.'), judged('Cracks @.', { marks: [ledger] }), judged('Cracks @.')];
    expect(summarise(all)).toMatchObject({
      sentences: 3,
      backings: { nothing: 2, disputed: 0, 'single-origin': 1, sourced: 0 },
      concerns: { 'mark-gone': 1 },
    });
  });
});

describe('The sign-off of a sentence', () => {
  it('holds the words of its marks, so that other words under one are another statement', () => {
    const text = 'It shut [annotation:a], as [claim:b] says.';
    const signed = signedText(text, () => 'We [the city] closed it');
    expect(signed).toBe('It shut [annotation:a “We the city closed it”], as [claim:b] says.');
    expect(signedText(text, () => 'We opened it')).not.toBe(signed);
    expect(signedText(text, () => null)).toBe(text);
  });

  it('is told with the words of its marks, and without the ids of what it names', () => {
    expect(plainStatement('It shut [annotation:a “We closed it”], as [claim:b] says.')).toBe(
      'It shut “We closed it”, as … says.',
    );
  });
});
