import type { Database } from '../../db/client';

/** The log as it would have been written: an event for each mark. */
export async function writeLog(db: Database, projectId: string): Promise<void> {
  await db.$client.query(
    `insert into events (project_id, type, subject_id, actor_id, actor_name, subject, at)
     select a.project_id, 'annotation.created', a.id, a.creator_id, u.name, jsonb_build_object(
       'id', a.id, 'projectId', a.project_id, 'sourceId', a.source_id, 'version', a.version,
       'creator', jsonb_build_object('id', u.id, 'name', u.name), 'motivation', a.motivation,
       'selector', jsonb_build_array(
         jsonb_build_object('type', 'TextPositionSelector', 'start', a.start, 'end', a."end"),
         jsonb_build_object('type', 'TextQuoteSelector', 'exact', a.exact, 'prefix', a.prefix, 'suffix', a.suffix)),
       'body', case when a.body is null then null else jsonb_build_object('type', 'TextualBody', 'value', a.body) end,
       'codeIds', '[]'::jsonb, 'quote', a.quote || jsonb_build_object('speaker', a.written, 'speakerId', a.speaker_id, 'written', a.written), 'created', to_char(a.created at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'modified', to_char(a.modified at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'revision', 1, 'deleted', null,
       'noteIds', '[]'::jsonb, 'anchoring', null), a.created
     from annotations a join users u on u.id = a.creator_id where a.project_id = $1 order by a.id`,
    [projectId],
  );
}
