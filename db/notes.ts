import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Note } from '../lib/notes/note';
import { notesVisibleTo, type Reader } from './access';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { noteChips, notes } from './schema/notes';

const EXCERPT = 200;

function toNote(row: typeof notes.$inferSelect): Note {
  return {
    id: row.id,
    projectId: row.projectId,
    sourceId: row.sourceId,
    title: row.title,
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    revision: row.revision,
    deleted: row.deleted?.toISOString() ?? null,
    excerpt: row.text.slice(0, EXCERPT),
  };
}

/** Stores a note without text; returns false when the id exists already. */
export async function insertNote(
  db: Db,
  grant: Grant,
  note: { id: string; title: string; sourceId: string | null },
): Promise<boolean> {
  const rows = await db
    .insert(notes)
    .values({ ...note, projectId: grant.projectId, createdBy: grant.actor.userId })
    .onConflictDoNothing({ target: notes.id })
    .returning({ id: notes.id });
  return rows.length > 0;
}

/** The notes of the project; by source, or a page of all. */
export async function selectNotes(
  db: Db,
  grant: Reader,
  filter: { source?: string },
  page: { limit: number; cursor?: string },
): Promise<Note[]> {
  const rows = await db
    .select()
    .from(notes)
    .where(
      and(
        notesVisibleTo(grant),
        isNull(notes.deleted),
        filter.source ? eq(notes.sourceId, filter.source) : undefined,
        page.cursor ? gt(notes.id, page.cursor) : undefined,
      ),
    )
    .orderBy(asc(notes.id))
    .limit(page.limit);
  return rows.map(toNote);
}

/** One note of the project with its plain text; a deleted one only when asked for. */
export async function selectNote(
  db: Db,
  grant: Reader,
  id: string,
  options: { deleted?: boolean } = {},
): Promise<(Note & { text: string }) | null> {
  const [row] = await db
    .select()
    .from(notes)
    .where(and(notesVisibleTo(grant), eq(notes.id, id), options.deleted ? undefined : isNull(notes.deleted)));
  return row ? { ...toNote(row), text: row.text } : null;
}

/**
 * Whether a note stands in the project, and whether anybody in the project may be kept from it by what protects the source
 * it lies beside; `null` where there is none. Who asks must then ask `selectNote`.
 */
export async function findNote(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
): Promise<{ isOpenToAll: boolean } | null> {
  const { rows } = await db.execute<{ isOpenToAll: boolean }>(sql`
    select not exists (select from source_protections p where p.source_id = notes.source_id) as "isOpenToAll"
    from notes where id = ${id} and project_id = ${projectId} and deleted is null`);
  return rows[0] ?? null;
}

/** The notes of the project that these ids are of, deleted ones too. */
export async function selectNotesById(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  ids: readonly string[],
): Promise<Note[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(notes)
    .where(and(eq(notes.projectId, grant.projectId), inArray(notes.id, [...ids])));
  return rows.map(toNote);
}

/** Changes a note's title, or removes it, when it still has this revision; returns whether it had. */
export async function updateNoteRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  change: { title?: string; deleted?: boolean },
): Promise<boolean> {
  const rows = await db
    .update(notes)
    .set({
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.deleted ? { deleted: sql`now()` } : {}),
      modified: sql`now()`,
      revision: sql`${notes.revision} + 1`,
    })
    .where(and(eq(notes.projectId, grant.projectId), eq(notes.id, id), eq(notes.revision, revision)))
    .returning({ id: notes.id });
  return rows.length > 0;
}

/**
 * Writes down what a note that came to rest says and which annotations it holds.
 * Ids that are no annotations of the project are left out, and marks that a blind pass hides: they are nobody's to quote yet. `null` when nothing changed or the note is gone.
 */
export async function saveNoteRest(
  db: Db,
  scope: Pick<Grant, 'projectId'>,
  id: string,
  rest: { text: string; annotationIds: readonly string[] },
): Promise<{ note: Note; annotationIds: string[] } | null> {
  const [row] = await db
    .select()
    .from(notes)
    .where(and(eq(notes.projectId, scope.projectId), eq(notes.id, id), isNull(notes.deleted)))
    // No more than it needs: what is typed meanwhile refers to the row, and its saving must not wait for this.
    .for('no key update');
  if (row === undefined) return null;
  const before = await db
    .select({ id: noteChips.annotationId })
    .from(noteChips)
    .where(eq(noteChips.noteId, id));
  const known =
    rest.annotationIds.length === 0
      ? []
      : await db
          .select({ id: annotations.id })
          .from(annotations)
          .where(
            and(
              eq(annotations.projectId, scope.projectId),
              isNull(annotations.seenBy),
              inArray(annotations.id, [...rest.annotationIds]),
            ),
          );
  const ids = known.map((annotation) => annotation.id).sort();
  const same =
    ids.join() ===
    before
      .map((chip) => chip.id)
      .sort()
      .join();
  if (same && row.text === rest.text) return null;
  if (!same) {
    await db.delete(noteChips).where(eq(noteChips.noteId, id));
    if (ids.length > 0) {
      await db
        .insert(noteChips)
        .values(ids.map((annotationId) => ({ projectId: scope.projectId, noteId: id, annotationId })));
    }
  }
  const [saved] = await db
    .update(notes)
    .set({ text: rest.text, modified: sql`now()` })
    .where(eq(notes.id, id))
    .returning();
  return { note: toNote(saved as typeof row), annotationIds: ids };
}
