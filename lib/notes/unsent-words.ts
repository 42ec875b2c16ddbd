import * as Y from 'yjs';
import { noteText } from './note-content';
import { NOTE_FRAGMENT } from './schema-version';

/**
 * The words of the blocks of a note in which something stands that was written under these client ids and that the
 * server has not confirmed, one line for each line of theirs; empty when all that waits is deletions. The whole block is
 * given: half a sentence would be of little use. `saved` is the confirmed clock of each client id.
 */
export function unsentWords(
  doc: Y.Doc,
  clientIds: Iterable<number>,
  saved: ReadonlyMap<number, number>,
): string {
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  const touched = new Set<unknown>();
  for (const id of clientIds) {
    const from = saved.get(id) ?? 0;
    for (const struct of doc.store.clients.get(id) ?? []) {
      if (!(struct instanceof Y.Item) || struct.deleted || struct.id.clock + struct.length <= from) continue;
      touched.add(blockOf(struct, fragment));
    }
  }
  const blocks = fragment.toArray().filter((block) => touched.has(block));
  return blocks
    .map((block) => (block instanceof Y.XmlFragment ? noteText(block) : plainText(block)))
    .filter((words) => words !== '')
    .join('\n');
}

/** The block of the note that an item stands in, or is. */
function blockOf(item: Y.Item, fragment: Y.XmlFragment): unknown {
  let { content, parent } = item;
  while (parent instanceof Y.AbstractType && parent !== fragment) {
    const holder: Y.Item | null = parent._item;
    if (holder === null) return null;
    ({ content, parent } = holder);
  }
  return content instanceof Y.ContentType ? content.type : null;
}

function plainText(block: unknown): string {
  if (!(block instanceof Y.XmlText)) return '';
  return (block.toDelta() as { insert?: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('')
    .trim();
}
