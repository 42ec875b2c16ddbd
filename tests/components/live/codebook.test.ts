import { describe, expect, it } from 'vitest';
import { type CodeChange, inverseOfCode, paintCode } from '@/components/live/code-changes';
import { initialState } from '@/components/live/project-state';
import { reduce } from '@/components/live/reduce';
import type { Code } from '@/lib/codebook/code';
import { newId } from '@/lib/new-id';
import { AT, annotationOf, eventOf, PROJECT, snapshotOf } from './project-fixture';

function codeOf(name: string, over: Partial<Code> = {}): Code {
  return {
    id: newId(),
    projectId: PROJECT,
    name,
    colour: 'teal',
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
    ...over,
  };
}

const [a, b] = [codeOf('A', { rank: 'V' }), codeOf('B', { rank: 'W' })];
const start = initialState({ ...snapshotOf(), codes: [a, b] });

describe('Changes of the codebook', () => {
  it.each<[string, CodeChange]>([
    ['an edit', { type: 'code.update', id: a.id, edit: { whenNot: 'Never', exampleIds: [newId()] } }],
    ['a move', { type: 'code.move', id: b.id, move: { parentId: a.id }, rank: 'V' }],
    ['a removal', { type: 'code.delete', id: a.id, at: AT }],
    ['a merge', { type: 'code.merge', id: a.id, into: b.id, at: AT }],
  ])('are taken back as if they had not been: %s', (_, change) => {
    const before = [a, b].find(({ id }) => id === ('id' in change ? change.id : '')) as Code;
    const undo = inverseOfCode(start.codes, change, AT) as CodeChange;
    const painted = paintCode(before, change);
    expect(painted).not.toEqual(before);
    expect(paintCode(painted, undo)).toEqual(before);
  });

  it('paint a merge at once, and let go of the paint when the server says no', () => {
    const change: CodeChange = { type: 'code.merge', id: a.id, into: b.id, at: AT };
    const painted = reduce(start, { type: 'changed', key: 'k', change });
    expect([...painted.codes.keys()]).toEqual([b.id]);
    expect(reduce(painted, { type: 'refused', key: 'k' }).codes).toEqual(start.codes);
  });

  it('are told of together with the marks, in whichever order the news comes, and back again', () => {
    const mark = annotationOf({ codeIds: [a.id] });
    const merged = { ...a, revision: 2, deleted: AT, mergedInto: b.id };
    const deed = { id: a.id, code: merged, other: b, codes: [], moved: 1 };
    const moved = { ...mark, codeIds: [b.id], revision: 2 };
    const news = [
      eventOf(1, { type: 'annotation.created', subject: mark }),
      eventOf(2, { type: 'code.merged', subject: deed }),
      eventOf(3, { type: 'code.recoded', subject: { id: a.id, annotations: [moved] } }),
    ];
    for (const events of [news, [...news].reverse()]) {
      const after = reduce(start, { type: 'events', events });
      expect([...after.codes.keys()]).toEqual([b.id]);
      expect(after.annotations.get(mark.id)?.codeIds).toEqual([b.id]);
    }
    const back = reduce(reduce(start, { type: 'events', events: news }), {
      type: 'events',
      events: [
        eventOf(4, { type: 'code.unmerged', subject: { ...deed, code: { ...a, revision: 3 } } }),
        eventOf(5, {
          type: 'code.recoded',
          subject: { id: a.id, annotations: [{ ...moved, codeIds: [a.id], revision: 3 }] },
        }),
      ],
    });
    expect(back.codes.has(a.id)).toBe(true);
    expect(back.annotations.get(mark.id)?.codeIds).toEqual([a.id]);
  });
});
