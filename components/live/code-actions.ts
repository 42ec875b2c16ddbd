import type { Code, CodeMove } from '@/lib/codebook/code';
import { CODE_COLOURS } from '@/lib/codebook/colours';
import { placeOf } from '@/lib/codebook/tree';
import { newId } from '@/lib/new-id';
import type { CodeChange, CodeEdit } from './code-changes';
import type { ProjectState } from './project-state';

type NewCode = { name: string } & Partial<
  Pick<Code, 'colour' | 'definition' | 'whenToUse' | 'whenNot' | 'parentId'>
>;

/** What a component can do to the codebook of the open project. */
export function codeActions(
  getState: () => ProjectState,
  make: (change: CodeChange) => void,
  now: () => string,
) {
  const draft = (given: NewCode): Code => {
    const { codes, project } = getState();
    const id = newId();
    const at = now();
    const parentId = given.parentId ?? null;
    const place = placeOf([...codes.values()], id, { parentId });
    return {
      id,
      projectId: project.id,
      colour: CODE_COLOURS[codes.size % CODE_COLOURS.length] as Code['colour'],
      definition: '',
      whenToUse: '',
      whenNot: '',
      ...given,
      name: given.name.trim(),
      parentId,
      rank: 'fault' in place ? 'z' : place.rank,
      exampleIds: [],
      memoNoteId: null,
      definitionVersion: 1,
      mergedInto: null,
      splitFrom: null,
      created: at,
      modified: at,
      revision: 0,
      deleted: null,
    };
  };
  return {
    /** Adds a code as the last under its parent, in the next free colour unless one is given. Returns its id. */
    createCode(given: NewCode): string {
      const code = draft(given);
      make({ type: 'code.create', code });
      return code.id;
    },
    updateCode(id: string, edit: CodeEdit): void {
      make({ type: 'code.update', id, edit });
    },
    /** Puts a code elsewhere in the tree. Returns why it can't go there, `null` when it does. */
    moveCode(id: string, move: CodeMove): string | null {
      const place = placeOf([...getState().codes.values()], id, move);
      if ('fault' in place) return place.fault;
      make({ type: 'code.move', id, move, rank: place.rank });
      return null;
    },
    removeCode(id: string): void {
      make({ type: 'code.delete', id, at: now() });
    },
    /** Merges a code into another; its marks get the other one as the server tells of them. */
    mergeCode(id: string, into: string): void {
      make({ type: 'code.merge', id, into, at: now() });
    },
    /** Splits a new code off, with these of its marks. Returns the new code's id. */
    splitCode(from: string, given: NewCode, annotationIds: readonly string[]): string {
      const code = {
        ...draft({ ...given, parentId: getState().codes.get(from)?.parentId }),
        splitFrom: from,
      };
      make({ type: 'code.split', code, from, annotationIds });
      return code.id;
    },
    restoreCode(id: string): void {
      make({ type: 'code.restore', id });
    },
    /** Puts a code back into the one it was split from. */
    unsplitCode(id: string): void {
      make({ type: 'code.unsplit', id, at: now() });
    },
  };
}
