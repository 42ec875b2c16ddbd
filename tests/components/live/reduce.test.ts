import { expect, test } from 'vitest';
import { initialState } from '@/components/live/project-state';
import { type Action, reduce } from '@/components/live/reduce';
import { newId } from '@/lib/new-id';
import {
  AT,
  annotationOf,
  commentOf,
  eventOf,
  ME,
  OTHER,
  PROJECT,
  SOURCE,
  snapshotOf,
  threadOf,
} from './project-fixture';

const run = (actions: Action[], state = initialState(snapshotOf())) => actions.reduce(reduce, state);
const created = (id: number, annotation = annotationOf()): Action => ({
  type: 'event',
  event: eventOf(id, { type: 'annotation.created', subject: annotation }),
});

const source = {
  id: SOURCE,
  projectId: PROJECT,
  title: 'Report',
  byline: null,
  siteName: null,
  publishedAt: null,
  language: null,
  url: null,
  canonicalUrl: null,
  derivesFrom: [],
  text: { version: 2, hash: '0'.repeat(64), length: 100, pageStarts: null },
  creator: OTHER,
  created: AT,
  modified: AT,
  revision: 2,
  deleted: null,
};

test('a mark is there at once and counts as waiting until the answer', () => {
  const mine = annotationOf({ revision: 0, creator: ME });
  const painted = run([
    { type: 'changed', key: 'a', change: { type: 'annotation.create', annotation: mine } },
  ]);
  expect(painted.annotations.get(mine.id)?.revision).toBe(0);
  expect(painted.waiting).toBe(1);
  const done = reduce(painted, { type: 'told', key: 'a', told: { annotations: [{ ...mine, revision: 1 }] } });
  expect(done.annotations.get(mine.id)?.revision).toBe(1);
  expect(done.waiting).toBe(0);
});

test('a refusal takes back that one mark, and what was built on it', () => {
  const mine = annotationOf({ revision: 0, creator: ME });
  const theirs = annotationOf();
  const state = run([
    created(1, theirs),
    { type: 'changed', key: 'a', change: { type: 'annotation.create', annotation: mine } },
    {
      type: 'changed',
      key: 'b',
      change: {
        type: 'thread.create',
        thread: threadOf({ annotationId: mine.id, sourceId: mine.sourceId }),
      },
    },
    { type: 'changed', key: 'c', change: { type: 'annotation.code', id: theirs.id, add: ['x'], remove: [] } },
    { type: 'refused', key: 'a' },
  ]);
  expect([...state.annotations.keys()]).toEqual([theirs.id]);
  expect(state.threads.size).toBe(0);
  expect(state.annotations.get(theirs.id)?.codeIds).toEqual(['x']);
  expect(state.waiting).toBe(1);
});

test('a refused edit shows what the server has, also what came meanwhile', () => {
  const theirs = annotationOf();
  const edit = { body: { type: 'TextualBody' as const, value: 'mine' } };
  const newer = { ...theirs, revision: 2, body: { type: 'TextualBody' as const, value: 'theirs' } };
  const state = run([
    created(1, theirs),
    { type: 'changed', key: 'a', change: { type: 'annotation.update', id: theirs.id, edit } },
    { type: 'event', event: eventOf(2, { type: 'annotation.updated', subject: newer }) },
  ]);
  expect(state.annotations.get(theirs.id)?.body?.value).toBe('mine');
  expect(reduce(state, { type: 'refused', key: 'a' }).annotations.get(theirs.id)?.body?.value).toBe('theirs');
});

test('an older or repeated event changes nothing', () => {
  const first = annotationOf();
  const second = { ...first, revision: 2, codeIds: ['x'] };
  const state = run([
    created(1, first),
    { type: 'event', event: eventOf(2, { type: 'annotation.updated', subject: second }) },
  ]);
  const again = run([created(1, first), created(1, first)], state);
  expect(again.annotations).toEqual(state.annotations);
  expect(again.lastEventId).toBe(2);
});

test('a version of a source moves its marks at once, under the edit that is on its way', () => {
  const theirs = annotationOf();
  const state = run([
    created(1, theirs),
    {
      type: 'changed',
      key: 'a',
      change: {
        type: 'annotation.update',
        id: theirs.id,
        edit: { body: { type: 'TextualBody', value: 'mine' } },
      },
    },
    {
      type: 'event',
      event: eventOf(2, { type: 'source.version-created', subject: { ...source, how: 'url' } }),
    },
    {
      type: 'event',
      event: eventOf(3, {
        type: 'source.targets-carried',
        subject: { id: source.id, from: 1, to: 2, annotations: [{ ...theirs, version: 2 }] },
      }),
    },
  ]);
  expect(state.annotations.get(theirs.id)).toMatchObject({ version: 2, body: { value: 'mine' } });
  expect(state.sources.get(source.id)).toEqual(source);
  const orphan = { ...theirs, version: 1 };
  const subject = { id: source.id, version: 2, decision: 'orphaned' as const, annotations: [orphan] };
  const event = eventOf(4, { type: 'source.targets-decided', subject });
  expect(reduce(state, { type: 'event', event }).annotations.get(theirs.id)?.version).toBe(1);
});

test('where a moved mark stood before is for the log, not for the mark', () => {
  const theirs = annotationOf();
  const from = { version: 1, start: 0, end: 4, exact: 'Some', prefix: '', suffix: '' };
  const newer = { ...theirs, revision: 2 };
  const state = run([
    created(1, theirs),
    { type: 'event', event: eventOf(2, { type: 'annotation.updated', subject: { ...newer, from } }) },
  ]);
  expect(state.annotations.get(theirs.id)).toEqual(newer);
});

test('codes added by two people at the same time are both kept on the page', () => {
  const theirs = annotationOf();
  const state = run([
    created(1, theirs),
    {
      type: 'changed',
      key: 'a',
      change: { type: 'annotation.code', id: theirs.id, add: ['mine'], remove: [] },
    },
    {
      type: 'event',
      event: eventOf(2, {
        type: 'annotation.updated',
        subject: { ...theirs, revision: 2, codeIds: ['theirs'] },
      }),
    },
  ]);
  expect(state.annotations.get(theirs.id)?.codeIds).toEqual(['theirs', 'mine']);
});

test('a deleted annotation stays with its date, a deleted code goes', () => {
  const annotation = annotationOf();
  const code = {
    id: newId(),
    projectId: annotation.projectId,
    name: 'Hedge',
    colour: 'teal' as const,
    definition: '',
    whenToUse: '',
    whenNot: '',
    parentId: null,
    rank: 'V',
    exampleIds: [],
    memoNoteId: null,
    definitionVersion: 1,
    mergedInto: null,
    splitFrom: null,
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
  };
  const state = run([
    created(1, annotation),
    { type: 'event', event: eventOf(2, { type: 'code.created', subject: code }) },
    {
      type: 'event',
      event: eventOf(3, { type: 'code.deleted', subject: { ...code, revision: 2, deleted: AT } }),
    },
    {
      type: 'event',
      event: eventOf(4, { type: 'annotation.deleted', subject: { ...annotation, revision: 2, deleted: AT } }),
    },
  ]);
  expect(state.codes.size).toBe(0);
  expect(state.annotations.get(annotation.id)?.deleted).toBe(AT);
});

test('a note that came to rest says which marks it holds, whichever news comes first', () => {
  const annotation = annotationOf();
  const note = {
    id: newId(),
    projectId: annotation.projectId,
    sourceId: null,
    title: 'Note',
    created: AT,
    modified: AT,
    revision: 2,
    deleted: null,
    excerpt: '',
  };
  const edited: Action = {
    type: 'event',
    event: eventOf(5, { type: 'note.edited', subject: { ...note, annotationIds: [annotation.id] } }),
  };
  for (const actions of [
    [created(1, annotation), edited],
    [edited, created(1, annotation)],
  ])
    expect(run(actions).annotations.get(annotation.id)?.noteIds).toEqual([note.id]);
});

test('of two wordings of a comment the newer one stays, whatever the order of the news; so does who reacted', () => {
  const first = commentOf({ text: 'Was it so?' });
  const thread = threadOf({ id: first.threadId, comments: [first] });
  const edited = { ...first, text: 'It was so.', edited: AT, revision: 2 };
  const liked = { ...edited, reactions: [{ sign: '👍' as const, people: [OTHER] }], revision: 3 };
  const news: Action[] = [
    { type: 'event', event: eventOf(1, { type: 'thread.created', subject: thread }) },
    { type: 'told', told: { comments: [edited] } },
    {
      type: 'event',
      event: eventOf(3, {
        type: 'comment.reacted',
        subject: { ...thread, comments: [liked], commentId: first.id },
      }),
    },
  ];
  const [a, b, c] = news as [Action, Action, Action];
  for (const order of [
    [a, b, c],
    [a, c, b],
    [c, a, b],
    [c, b, a],
  ])
    expect(run(order).threads.get(thread.id)?.comments).toEqual([liked]);
});

test('a resolved thread stays so when older news of it comes late', () => {
  const thread = threadOf({ comments: [commentOf({})] });
  const resolved = { ...thread, resolved: { at: AT, by: OTHER }, revision: 2 };
  const news: Action[] = [
    {
      type: 'event',
      event: eventOf(2, { type: 'thread.updated', subject: { ...resolved, did: 'resolved' } }),
    },
    { type: 'event', event: eventOf(1, { type: 'thread.created', subject: thread }) },
    { type: 'told', told: { threads: [thread] } },
  ];
  expect(run(news).threads.get(thread.id)?.resolved?.by).toEqual(OTHER);
});

test('two replies written at the same moment are both there, whatever the order of the news', () => {
  const thread = threadOf();
  const reply = (text: string) => commentOf({ threadId: thread.id, text });
  const one = reply('one');
  const two = reply('two');
  const news: Action[] = [
    { type: 'event', event: eventOf(1, { type: 'thread.created', subject: thread }) },
    {
      type: 'event',
      event: eventOf(2, { type: 'comment.created', subject: { ...thread, comments: [one] } }),
    },
    { type: 'told', told: { comments: [two] } },
    {
      type: 'event',
      event: eventOf(3, { type: 'comment.created', subject: { ...thread, comments: [one, two] } }),
    },
  ];
  const [a, b, c, d] = news as [Action, Action, Action, Action];
  for (const order of [
    [a, b, c, d],
    [a, c, b, d],
    [a, d, c, b],
    [d, b, a, c],
  ])
    expect(
      run(order)
        .threads.get(thread.id)
        ?.comments.map((comment) => comment.text),
    ).toEqual(['one', 'two']);
});

test('an archived project is read by everybody until it is brought back, each with their own role', () => {
  const about = { id: PROJECT, name: 'Project' };
  const archive = {
    type: 'event' as const,
    event: eventOf(1, { type: 'project.archived', subject: { ...about, archived: AT } }),
  };
  const archived = run([archive]);
  expect([archived.role, archived.project.role, archived.project.archived]).toEqual(['reader', 'editor', AT]);
  const back = run([
    archive,
    { type: 'event', event: eventOf(2, { type: 'project.unarchived', subject: about }) },
  ]);
  expect([back.role, back.project.archived]).toEqual(['editor', null]);
});

test('losing a role, a membership or the project shows at once', () => {
  const member = { userId: ME.id, name: ME.name, email: '', role: 'reader' as const, joined: AT };
  const state = run([{ type: 'event', event: eventOf(1, { type: 'member.updated', subject: member }) }]);
  expect(state.role).toBe('reader');
  const gone = run([
    {
      type: 'event',
      event: eventOf(2, { type: 'project.deleted', subject: { id: newId(), name: 'Project' } }),
    },
    { type: 'connection', connection: 'live' },
  ]);
  expect(gone.connection).toBe('closed');
});
