import type { Annotation } from '@/lib/annotations/annotation';
import type { Target } from '@/lib/annotations/target';
import type { Event } from '@/lib/events/event';
import type { Source } from '@/lib/sources/source';
import type { SourceVersion, SourceVersionMade } from '@/lib/sources/version';
import { addProject, ask, type Call, call } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';

/** A text of five paragraphs, none of whose passages stands twice. */
export const FIRST = [
  'The watchdog opened its inquiry in March after two former clerks came forward.',
  'It asked the ministry for every invoice since 2019 and received eleven boxes of paper.',
  '“We found no records of the third contract,” the auditor said on the steps of the court.',
  'The ministry denied that any contract was missing and called the claim careless.',
  'A spokesman for the harbour board declined to say who had signed the papers.',
].join('\n\n');

export type Page<T> = { items: T[]; nextCursor: string | null };

/** A project of its own with one source, and what a test does to them through the API. */
export async function desk(text = FIRST) {
  const projectId = await addProject(database, owner, { annotator });
  const inside = (given: Call = {}): Call => ({ ...given, params: { projectId, ...given.params } });
  const source = await ask<Source>('source.create', owner, inside({ body: { title: 'Report', text } }));
  const params = { sourceId: source.id };
  const mark = (exact: string, more: object = {}, by = owner) =>
    ask<Annotation>(
      'annotation.create',
      by,
      inside({
        body: {
          sourceId: source.id,
          motivation: 'highlighting',
          selector: [{ type: 'TextQuoteSelector', exact }],
          ...more,
        },
      }),
    );
  return {
    projectId,
    source,
    inside,
    mark,
    make: (body: object) => ask<SourceVersionMade>('source-version.create', owner, inside({ params, body })),
    tryMake: (body: object, by = owner) => call('source-version.create', by, inside({ params, body })),
    text: async (version?: number) =>
      (await call('source.text', owner, inside({ params, query: version ? { version } : {} }))).text(),
    get: (id: string) => ask<Annotation>('annotation.get', owner, inside({ params: { annotationId: id } })),
    versions: async () =>
      (await ask<Page<SourceVersion>>('source-version.list', owner, inside({ params }))).items,
    targets: async (query: Record<string, string | number> = {}) =>
      (await ask<Page<Target>>('target.list', owner, inside({ params, query }))).items,
    events: async () =>
      (await ask<Page<Event>>('event.list', owner, inside({ query: { limit: 500 } }))).items,
  };
}

/** The text with words put in place of others, which must be there. */
export const edited = (text: string, ...changes: [string, string][]) =>
  changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`The text does not say ${from}`);
    return all.replace(from, to);
  }, text);
