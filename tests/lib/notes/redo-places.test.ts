import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { nameRedoPlaces } from '@/lib/notes/redo-places';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { Seeded } from '@/tests/support/gate/seeded';
import { editOnce, noteSchema } from '@/tests/support/gate/tiptap-edits';

const EDITOR = Symbol('editor');

/** The items an undo made whose neighbours, as they name them, did not stand side by side when it made them. */
function misplaced(doc: Y.Doc, before: number): Y.Item[] {
  const made = (doc.store.clients.get(doc.clientID) ?? []).filter(
    (struct): struct is Y.Item =>
      struct instanceof Y.Item && struct.id.clock >= before && struct.parentSub === null,
  );
  return made.filter((item) => {
    const isLater = (other: Y.Item) => other.id.client === doc.clientID && other.id.clock > item.id.clock;
    let { left, right } = item;
    while (left !== null && isLater(left)) left = left.left;
    while (right !== null && isLater(right)) right = right.right;
    const names = (id: Y.ID | null, other: Y.ID | null) =>
      id === null || other === null ? id === other : Y.compareIDs(id, other);
    return !names(item.origin, left?.lastId ?? null) || !names(item.rightOrigin, right?.id ?? null);
  });
}

/** One person who edits, undoes and redoes, and another who hears of it. Answers what was put in no place, and both notes. */
function play(seed: number, isNamed: boolean): { wrong: number; mine: string; theirs: string } {
  const random = new Seeded(seed);
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  if (isNamed) nameRedoPlaces(mine);
  const fragment = mine.getXmlFragment(NOTE_FRAGMENT);
  const undo = new Y.UndoManager(fragment, { trackedOrigins: new Set([EDITOR]), captureTimeout: 0 });
  const edit = () => {
    const { doc: before, meta } = initProseMirrorDoc(fragment, noteSchema);
    const after = editOnce(before, random);
    if (!after.eq(before)) mine.transact(() => updateYFragment(mine, fragment, after, meta), EDITOR);
  };
  const tell = () => Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
  let wrong = 0;
  for (let step = 0; step < 150; step++) {
    const before = Y.getState(mine.store, mine.clientID);
    const turn = random.next();
    if (turn < 0.25) undo.undo();
    else if (turn < 0.45) undo.redo();
    else if (turn < 0.9) edit();
    else tell();
    if (turn < 0.45) wrong += misplaced(mine, before).length;
  }
  tell();
  const shown = (doc: Y.Doc) => doc.getXmlFragment(NOTE_FRAGMENT).toString();
  return { wrong, mine: shown(mine), theirs: shown(theirs) };
}

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

describe('What undo and redo bring back', () => {
  it('would at times name neighbours that never stood side by side', () => {
    expect(SEEDS.reduce((sum, seed) => sum + play(seed, false).wrong, 0)).toBeGreaterThan(0);
  });

  it('names the neighbours it came to stand between, and whoever hears of it has it in the same place', () => {
    for (const seed of SEEDS) {
      const { wrong, mine, theirs } = play(seed, true);
      expect(wrong, `seed ${seed}`).toBe(0);
      expect(mine, `seed ${seed}`).toBe(theirs);
    }
  });
});
