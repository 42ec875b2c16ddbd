import '@/tests/support/test-environment';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk, FIRST } from '@/tests/support/versioned-source';

const PARAGRAPHS = FIRST.split('\n\n');
const MARKED = [
  'opened its inquiry in March',
  'received eleven boxes of paper',
  'no records of the third contract',
  'any contract was missing',
  'declined to say who had signed',
  'two former clerks',
];

const step = fc.record({
  what: fc.constantFrom(
    'version',
    'accept',
    'orphan',
    'place',
    'reopen',
    'move',
    'say',
    'delete',
    'restore',
    'all',
    'mark',
  ),
  which: fc.nat(MARKED.length - 1),
  /** Which paragraphs the next version has, and in which order. */
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2 }),
});
type Step = { what: string; which: number; order: number[] };

/** What must hold of every mark, whatever happened: the first row that breaks it says so. */
const BROKEN = `
  select a.id, a.version, s.version as current, t.version as target, t.state, a.exact
  from annotations a
  join sources s on s.id = a.source_id
  join source_texts x on x.source_id = a.source_id and x.version = a.version
  left join annotation_targets t on t.annotation_id = a.id and t.version = s.version
  where s.id = $1 and (
    t.version is null
    or substr(x.text, a.start + 1, a."end" - a.start) <> a.exact
    or (a.version = s.version) <> (t.start is not null)
    or (t.start is not null and (t.start, t."end", t.exact) <> (a.start, a."end", a.exact))
    or (t.start is null and t.state not in ('waiting', 'orphan'))
    or (select count(*) from annotation_targets o where o.annotation_id = a.id)
       <> s.version - (select min(o.version) from annotation_targets o where o.annotation_id = a.id) + 1
  )`;

describe('Versions, decisions and changes at the same moment', () => {
  it('never leave a mark where its words are not, nor block each other', { timeout: 240_000 }, async () => {
    const runs = fc.sample(fc.array(step, { minLength: 25, maxLength: 40 }), { numRuns: 6, seed: 20_266 });
    for (const steps of runs) {
      const place = await desk();
      const ids: string[] = [];
      for (const [nth, exact] of MARKED.entries())
        ids.push((await place.mark(exact, {}, nth % 2 === 0 ? owner : annotator)).id);
      const answers = await Promise.all(steps.map((one) => take(place, ids, one)));
      for (const answer of answers) expect([200, 201, 400, 409]).toContain(answer.status);
      expect(answers.some(({ status }) => status === 201)).toBe(true);
      const { rows } = await database.db.$client.query(BROKEN, [place.source.id]);
      expect(rows).toEqual([]);
    }
  });
});

function take(place: Awaited<ReturnType<typeof desk>>, ids: string[], { what, which, order }: Step) {
  const annotationId = ids[which] as string;
  const one = (body?: object) => place.inside({ params: { annotationId }, body });
  const whole = (body: object) => place.inside({ params: { sourceId: place.source.id }, body });
  const selector = [{ type: 'TextQuoteSelector', exact: MARKED[which] as string }];
  const start = FIRST.indexOf('The watchdog');
  switch (what) {
    case 'version':
      return place.tryMake({ text: order.map((nth) => PARAGRAPHS[nth]).join('\n\n') });
    case 'accept':
      return call('target.decide', owner, one({ accept: true }));
    case 'orphan':
      return call('target.decide', owner, one({ orphan: true }));
    case 'reopen':
      return call('target.decide', owner, one({ reopen: true }));
    case 'place':
      return call('target.decide', owner, one({ start, end: start + 12, exact: 'The watchdog' }));
    case 'move':
      return call('annotation.update', owner, one({ selector }));
    case 'say':
      return call('annotation.update', owner, one({ body: { type: 'TextualBody', value: 'So?' } }));
    case 'delete':
      return call('annotation.delete', owner, one());
    case 'restore':
      return call('annotation.restore', owner, one());
    case 'all':
      return call('target.accept-all', owner, whole({ minScore: 0 }));
    default:
      return call(
        'annotation.create',
        annotator,
        place.inside({ body: { sourceId: place.source.id, motivation: 'highlighting', selector } }),
      );
  }
}
