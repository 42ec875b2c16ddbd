import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { Note } from '../../lib/notes/note';
import type { Db } from '../client';
import { insertRows } from '../insert-rows';
import { selectNotesById } from '../notes';
import { notes } from '../schema/notes';

/** Stores notes without text, as `insertNote` does one. Answers the ids of those that were not there. */
export async function insertNotes(
  db: Db,
  { projectId, actor }: Grant,
  given: readonly Pick<Note, 'id' | 'title' | 'sourceId'>[],
): Promise<ReadonlySet<string>> {
  return insertRows(
    db,
    notes,
    given.map((note) => ({ ...note, projectId, createdBy: actor.userId })),
  );
}

/** What a new note says, and which annotations it holds. */
export type NoteRest = {
  readonly id: string;
  readonly text: string;
  readonly annotationIds: readonly string[];
};

/**
 * Writes down what new notes say and which annotations they hold, as `saveNoteRest` does it for one that has said something before.
 * Answers them as they are then, in the order of the given ones.
 */
export async function saveNewNotes(
  db: Db,
  grant: Grant,
  rests: readonly NoteRest[],
): Promise<{ readonly note: Note; readonly annotationIds: string[] }[]> {
  if (rests.length === 0) return [];
  const texts = rests.map(({ id, text }) => ({ id, text: text.toWellFormed() }));
  await db.execute(sql`
    update notes n set text = rest.text, modified = now()
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as rest (id uuid, text text)
    where n.project_id = ${grant.projectId} and n.id = rest.id and n.deleted is null`);
  const chips = rests.flatMap(({ id: note, annotationIds }) => annotationIds.map((mark) => ({ note, mark })));
  const { rows } = await db.execute<{ note_id: string; annotation_id: string }>(sql`
    insert into note_chips (project_id, note_id, annotation_id)
    select distinct a.project_id, chip.note, a.id
    from jsonb_to_recordset(${JSON.stringify(chips)}::jsonb) as chip (note uuid, mark uuid)
    join annotations a on a.project_id = ${grant.projectId} and a.id = chip.mark and a.seen_by is null
    on conflict do nothing returning note_id, annotation_id`);
  const held = Map.groupBy(rows, (row) => row.note_id);
  const standing = await selectNotesById(
    db,
    grant,
    rests.map(({ id }) => id),
  );
  const byId = new Map(standing.map((note) => [note.id, note]));
  return rests.flatMap(({ id }) => {
    const note = byId.get(id);
    const annotationIds = (held.get(id) ?? []).map((row) => row.annotation_id).sort();
    return note === undefined ? [] : [{ note, annotationIds }];
  });
}
