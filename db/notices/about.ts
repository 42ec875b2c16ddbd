import { and, eq, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { targetOfThread } from '../../lib/threads/about';
import type { Thread } from '../../lib/threads/thread';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { claims } from '../schema/claims';
import { codes } from '../schema/codebook';
import { notes } from '../schema/notes';
import { sources } from '../schema/sources';

/** What a thread is about, in words: a passage's, a claim's, or the name of a code, a note or a source. */
export async function selectAbout(db: Db, { projectId }: Grant, thread: Thread): Promise<string> {
  if (thread.passage !== null) return thread.passage;
  const { type, id } = targetOfThread(thread);
  const table = { annotation: annotations, claim: claims, code: codes, note: notes, source: sources }[type];
  const words = {
    annotation: annotations.exact,
    claim: claims.wording,
    code: codes.name,
    note: notes.title,
    source: sources.title,
  }[type];
  const [row] = await db
    .select({ words: sql<string>`left(${words}, 400)` })
    .from(table)
    .where(and(eq(table.projectId, projectId), eq(table.id, id)));
  return row?.words ?? '';
}
