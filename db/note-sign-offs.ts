import { and, asc, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { NoteSignOff } from '../lib/coverage/sign-off';
import type { Db } from './client';
import { noteSignOffs } from './schema/note-records';
import { users } from './schema/people';

const ofNote = ({ projectId }: Pick<Grant, 'projectId'>, noteId: string) =>
  and(eq(noteSignOffs.projectId, projectId), eq(noteSignOffs.noteId, noteId));

/** The sign-offs of a note of the project, oldest first; of one statement when it is given. */
export async function selectSignOffs(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  noteId: string,
  { statement }: { statement?: string } = {},
): Promise<NoteSignOff[]> {
  const rows = await db
    .select({ row: noteSignOffs, name: users.name })
    .from(noteSignOffs)
    .innerJoin(users, eq(users.id, noteSignOffs.by))
    .where(
      and(
        ofNote(grant, noteId),
        statement === undefined ? undefined : sql`md5(${noteSignOffs.statement}) = md5(${statement})`,
      ),
    )
    .orderBy(asc(noteSignOffs.at), asc(noteSignOffs.id));
  return rows.map(({ row, name }) => ({ ...row, by: { id: row.by, name }, at: row.at.toISOString() }));
}

/** Signs a statement off in the name of the Grant's actor, instead of whoever did before. */
export async function replaceSignOff(
  db: Db,
  { projectId, actor }: Grant,
  noteId: string,
  given: { id: string; statement: string },
): Promise<void> {
  await db
    .delete(noteSignOffs)
    .where(and(ofNote({ projectId }, noteId), sql`md5(${noteSignOffs.statement}) = md5(${given.statement})`));
  await db.insert(noteSignOffs).values({ ...given, projectId, noteId, by: actor.userId });
}

/** Takes a sign-off of a note away; returns whether there was one. */
export async function deleteSignOff(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  noteId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(noteSignOffs)
    .where(and(ofNote(grant, noteId), eq(noteSignOffs.id, id)))
    .returning({ id: noteSignOffs.id });
  return rows.length > 0;
}
