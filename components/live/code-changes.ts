import type { Code, CodeMove } from '@/lib/codebook/code';
import { standsAfter } from '@/lib/codebook/tree';
import { grownCode } from './grown';

/** Every field that can be edited in place. */
const EDITED = [
  'name',
  'colour',
  'definition',
  'whenToUse',
  'whenNot',
  'exampleIds',
  'memoNoteId',
] as const satisfies readonly (keyof Code)[];
export type CodeEdit = Partial<Pick<Code, (typeof EDITED)[number]>>;

/** What the person at this page wants changed about the codebook. */
export type CodeChange =
  | { type: 'code.create'; code: Code }
  | { type: 'code.update'; id: string; edit: CodeEdit }
  /** `rank` is where it is painted until the server says so. */
  | { type: 'code.move'; id: string; move: CodeMove; rank: string }
  | { type: 'code.delete'; id: string; at: string }
  | { type: 'code.merge'; id: string; into: string; at: string }
  /** Takes back that it was removed or merged. */
  | { type: 'code.restore'; id: string }
  | { type: 'code.split'; code: Code; from: string; annotationIds: readonly string[] }
  | { type: 'code.unsplit'; id: string; at: string };

export function isCodeChange(change: { type: string }): change is CodeChange {
  return change.type.startsWith('code.');
}

/** The code that a change is about. */
export function codeIdOf(change: CodeChange): string {
  return change.type === 'code.create' || change.type === 'code.split' ? change.code.id : change.id;
}

/** The code as it looks with a change of it; `undefined` stays so unless the change makes it. */
export function paintCode(code: Code | undefined, change: CodeChange): Code | undefined {
  if (change.type === 'code.create') return code ?? grownCode(change.code);
  if (change.type === 'code.split')
    return code === undefined ? grownCode(change.code) : { ...code, deleted: null };
  if (code === undefined) return undefined;
  switch (change.type) {
    case 'code.update':
      return { ...code, ...change.edit };
    case 'code.move':
      return { ...code, parentId: change.move.parentId, rank: change.rank };
    case 'code.delete':
    case 'code.unsplit':
      return { ...code, deleted: change.at };
    case 'code.merge':
      return { ...code, deleted: change.at, mergedInto: change.into };
    case 'code.restore':
      return { ...code, deleted: null, mergedInto: null };
  }
}

/** The change that takes a change of the codebook back, as seen before it is made; `null` where it can't be taken back. */
export function inverseOfCode(
  codes: ReadonlyMap<string, Code>,
  change: CodeChange,
  now: string,
): CodeChange | null {
  switch (change.type) {
    case 'code.create':
      return { type: 'code.delete', id: change.code.id, at: now };
    case 'code.split':
      return { type: 'code.unsplit', id: change.code.id, at: now };
    case 'code.delete':
    case 'code.merge':
      return { type: 'code.restore', id: change.id };
    case 'code.update': {
      const code = codes.get(change.id);
      if (code === undefined) return null;
      const edited = EDITED.filter((key) => key in change.edit).map((key) => [key, code[key]]);
      return { type: 'code.update', id: change.id, edit: Object.fromEntries(edited) };
    }
    case 'code.move': {
      const code = codes.get(change.id);
      if (code === undefined) return null;
      const move = { parentId: code.parentId, after: standsAfter([...codes.values()], change.id) };
      return { type: 'code.move', id: change.id, move, rank: code.rank };
    }
    case 'code.restore':
    case 'code.unsplit':
      return null;
  }
}

/** What a change of the codebook did, for "Undone: …". */
export function nameOfCode({ type }: CodeChange): string {
  switch (type) {
    case 'code.merge':
      return 'merge of two codes';
    case 'code.split':
      return 'split of a code';
    case 'code.move':
      return 'move of a code';
    case 'code.delete':
      return 'removal of a code';
    default:
      return 'change of a code';
  }
}
