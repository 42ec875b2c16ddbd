import * as Y from 'yjs';
import type { DocumentView } from './document-view';
import { KIND, type Struct } from './struct';

/**
 * Whether the rest of a struct may follow on what the document has of it (`seam` holds the last tick that is there).
 * Only runs of text, of values and of deletions are ever cut, and all pieces keep the neighbours of the whole.
 */
export function isSameContent(view: DocumentView, struct: Struct, seam: Y.Item | Y.GC): boolean {
  // Where nothing comes to stand, the rest is a deletion too.
  if (struct.holder === null) return true;
  if (!(seam instanceof Y.Item)) return false;
  if (view.holderOf(seam) !== struct.holder || seam.parentSub !== struct.key) return false;
  const right = seam.rightOrigin;
  const sameRight =
    right === null
      ? struct.rightClient === -1
      : right.client === struct.rightClient && right.clock === struct.rightClock;
  if (!sameRight) return false;
  const { content } = seam;
  if (struct.kind === KIND.string) {
    return content instanceof Y.ContentString || content instanceof Y.ContentDeleted;
  }
  if (struct.kind === KIND.any) return content instanceof Y.ContentAny || content instanceof Y.ContentDeleted;
  return struct.kind === KIND.deleted;
}
