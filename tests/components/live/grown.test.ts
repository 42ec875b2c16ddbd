import { afterAll, expect, test, vi } from 'vitest';
import type { Change } from '@/components/live/changes';
import { readKept, sourceSnapshotOf } from '@/components/live/kept';
import { initialState } from '@/components/live/project-state';
import { reduce } from '@/components/live/reduce';
import { Annotation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { originOfQuote } from '@/lib/claims/chain-origins';
import { Code } from '@/lib/codebook/code';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { Source } from '@/lib/sources/source';
import { Thread } from '@/lib/threads/thread';
import { AT, annotationOf, commentOf, ME, PROJECT, SOURCE, snapshotOf, threadOf } from './project-fixture';

/** What the browser's store answers, in place of IndexedDB. */
const rows = vi.hoisted(() => {
  // Other files ran in this process before, and may have loaded the true one.
  vi.resetModules();
  return new Map<string, unknown>();
});
vi.mock('@/components/live/kept-db', () => ({
  STORES: [],
  rowsOf: () => undefined,
  keptDb: async () => ({ get: async (store: string) => rows.get(store) }),
}));
afterAll(() => {
  vi.doUnmock('@/components/live/kept-db');
  vi.resetModules();
});

/** The shapes of the program before hedges, trees of codes and discussions of other things than marks. */
const oldQuote = { speaker: 'Inge Lind', style: 'indirect', hedged: true };
const oldMark = (() => {
  const { anchoring: _, ...mark } = annotationOf({ motivation: 'quoting' });
  return { ...mark, quote: oldQuote } as unknown as Annotation;
})();
const oldCode = {
  id: newId(),
  projectId: PROJECT,
  name: 'Delay',
  colour: 'teal',
  definition: 'Late',
  created: AT,
  modified: AT,
  revision: 1,
  deleted: null,
} as unknown as Code;
const oldThread = {
  id: newId(),
  projectId: PROJECT,
  annotationId: oldMark.id,
  created: AT,
  resolved: null,
  comments: [{ id: newId(), threadId: newId(), creator: ME, text: 'Who?', created: AT }],
} as unknown as Thread;
const begun = {
  source: { id: SOURCE, text: 'Some words' } as unknown as Source,
  html: '',
  version: 1,
  annotations: [oldMark],
  threads: [oldThread],
  note: { id: newId() } as Note,
  protectedPassages: { spans: [], isRedacted: false },
  lastEventId: 0,
} as SourceSnapshot;

const paintedWith = (...changes: Change[]) =>
  changes.reduce(
    (state, change, at) => reduce(state, { type: 'changed', key: `${at}`, change, from: 0 }),
    reduce(initialState(snapshotOf()), {
      type: 'source',
      snapshot: { ...begun, annotations: [], threads: [] },
    }),
  );

test('what an older program kept for reading is read with every field of today', async () => {
  const { speakers: _, claims: _c, claimStatuses: _s, followUps: _f, ...before } = snapshotOf();
  rows.set('person', ME.id);
  rows.set('projects', { snapshot: { ...before, codes: [oldCode] } });
  rows.set('sources', { snapshot: begun });
  const kept = await readKept(PROJECT, SOURCE);
  const project = kept?.project as ProjectSnapshot;
  const source = kept?.source as SourceSnapshot;
  expect(project.codes).toEqual([Code.parse(oldCode)]);
  expect(source.annotations).toEqual([Annotation.parse(oldMark)]);
  expect(source.annotations[0]?.quote).toEqual({ ...EMPTY_QUOTE, ...oldQuote });
  expect(source.threads).toEqual([Thread.parse(oldThread)]);
  const state = reduce(initialState(project), { type: 'source', snapshot: source });
  expect(originOfQuote(state.annotations.get(oldMark.id)?.quote ?? null)).toBeNull();
});

test('a mark or a code that an older program left in the queue is painted with every field of today', () => {
  const state = paintedWith(
    { type: 'annotation.create', annotation: oldMark },
    { type: 'code.create', code: oldCode },
  );
  expect(state.annotations.get(oldMark.id)).toEqual(Annotation.parse(oldMark));
  expect(state.codes.get(oldCode.id)).toEqual(Code.parse(oldCode));
});

test('an edit of a quote that an older program left in the queue keeps what it knows nothing of', () => {
  const mark = annotationOf({ motivation: 'quoting', quote: EMPTY_QUOTE });
  const edit = { quote: oldQuote as Annotation['quote'] };
  const state = paintedWith(
    { type: 'annotation.create', annotation: mark },
    { type: 'annotation.update', id: mark.id, edit },
    { type: 'annotation.update', id: mark.id, edit: { body: null } },
  );
  expect(state.annotations.get(mark.id)?.quote).toEqual({ ...EMPTY_QUOTE, ...oldQuote });
});

test('a discussion that names no source is kept beside the source of its mark', () => {
  const mark = annotationOf();
  const besides = threadOf({ annotationId: mark.id, sourceId: null, comments: [commentOf()] });
  const elsewhere = threadOf({ sourceId: null });
  const snapshot = { ...begun, annotations: [mark], threads: [besides, elsewhere] };
  const state = reduce(initialState(snapshotOf()), { type: 'source', snapshot });
  expect(sourceSnapshotOf(state, begun).threads).toEqual([besides]);
});
