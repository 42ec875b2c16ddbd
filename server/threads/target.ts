import { selectAnnotation } from '../../db/annotations';
import { selectClaim } from '../../db/claims';
import type { Transaction } from '../../db/client';
import { selectCode } from '../../db/codebook';
import { selectNote } from '../../db/notes';
import { selectSource } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { targetOfThread } from '../../lib/threads/about';
import type { NewThread, Thread } from '../../lib/threads/thread';
import { notFound } from '../edit';

type Target = Pick<Thread, 'annotationId' | 'claimId' | 'codeId' | 'noteId' | 'sourceId' | 'passage'>;
const NOTHING: Target = {
  annotationId: null,
  claimId: null,
  codeId: null,
  noteId: null,
  sourceId: null,
  passage: null,
};

/** What a thread is to be about, as its row says it. @throws AppError not-found when that is gone, or hidden. */
export async function standingTarget(
  tx: Transaction,
  grant: Grant,
  given: Partial<NewThread>,
): Promise<Target> {
  const target = targetOfThread(given as Target);
  const { type, id } = target;
  switch (type) {
    case 'annotation': {
      const annotation = await selectAnnotation(tx, grant, id);
      if (annotation === null || annotation.deleted !== null) throw notFound('annotation');
      return { ...NOTHING, annotationId: id, sourceId: annotation.sourceId };
    }
    case 'claim': {
      const claim = await selectClaim(tx, grant, id);
      if (claim === null || claim.deleted !== null) throw notFound('claim');
      return { ...NOTHING, claimId: id };
    }
    case 'code':
      if ((await selectCode(tx, grant, id)) === null) throw notFound('code');
      return { ...NOTHING, codeId: id };
    case 'note': {
      const note = await selectNote(tx, grant, id);
      if (note === null) throw notFound('note');
      return { ...NOTHING, noteId: id, sourceId: note.sourceId, passage: given.passage || null };
    }
    case 'source':
      if ((await selectSource(tx, grant, id)) === null) throw notFound('source');
      return { ...NOTHING, sourceId: id };
  }
}
