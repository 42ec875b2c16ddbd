import * as Y from 'yjs';

/**
 * Has what undo and redo bring back name the neighbours it came to stand between. Yjs looks its old neighbours up one
 * by one (`redoItem`), so that they may be the same one, or far apart: nobody ever saw such a place, copies of the
 * document may fill it differently, and the gate before a note lets nothing in that names one. Call it once for a
 * document in which somebody edits; it lasts as long as the document.
 */
export function nameRedoPlaces(doc: Y.Doc): void {
  doc.on('beforeObserverCalls', ({ origin, beforeState }: Y.Transaction) => {
    if (!(origin instanceof Y.UndoManager)) return;
    const before = beforeState.get(doc.clientID) ?? 0;
    const structs = doc.store.clients.get(doc.clientID) ?? [];
    for (let index = structs.length - 1; index >= 0; index--) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock < before) return;
      if (struct instanceof Y.Item && struct.parentSub === null) namePlace(struct);
    }
  });
}

/** Names what stood beside an item when it was put there: what the same client put between them later is passed over. */
function namePlace(item: Y.Item): void {
  const isLater = ({ id }: Y.Item) => id.client === item.id.client && id.clock > item.id.clock;
  let { left, right } = item;
  while (left !== null && isLater(left)) left = left.left;
  while (right !== null && isLater(right)) right = right.right;
  item.origin = left?.lastId ?? null;
  item.rightOrigin = right?.id ?? null;
}
