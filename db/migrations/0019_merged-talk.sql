-- The code that stands for another: itself, or the one that it was merged into, however many merges on; null where none stands.
CREATE FUNCTION gloss_standing_code(code uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE way AS (
    SELECT id, merged_into, deleted FROM codes WHERE id = code
    UNION
    SELECT c.id, c.merged_into, c.deleted FROM way w JOIN codes c ON c.id = w.merged_into WHERE w.deleted IS NOT NULL
  )
  SELECT id FROM way WHERE deleted IS NULL LIMIT 1
$$;
--> statement-breakpoint
-- As before, but what is said about a merged code is found as long as the one that stands for it.
CREATE OR REPLACE FUNCTION gloss_search_comments(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING comments c
  WHERE c.id = ANY (ids) AND c.deleted IS NOT NULL AND d.origin = 'comment' AND d.id = c.id;
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, note_id, annotation_id, thread_id, claim_id, code_id, creator_id, created, tsv)
  SELECT 'comment', c.id, c.project_id, k.kind, t.source_id, t.note_id, t.annotation_id, t.id, t.claim_id, t.code_id, c.creator_id, c.created,
    gloss_search_tsv(gloss_search_config(s.language), NULL, NULL, regexp_replace(c.text, '@\[[0-9a-f-]{36}\]', ' ', 'g'), ARRAY[
      gloss_search_facet('p', c.project_id::text), '@k' || k.kind, gloss_search_facet('u', c.creator_id::text),
      gloss_search_facet('s', t.source_id::text), CASE WHEN t.resolved IS NULL THEN '@topen' ELSE '@tresolved' END])
  FROM comments c JOIN threads t ON t.id = c.thread_id
  LEFT JOIN annotations a ON a.id = t.annotation_id LEFT JOIN claims l ON l.id = t.claim_id
  LEFT JOIN codes o ON o.id = t.code_id LEFT JOIN notes n ON n.id = t.note_id LEFT JOIN sources s ON s.id = t.source_id
  CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (
    SELECT FROM comments e WHERE e.thread_id = c.thread_id AND (e.created, e.id) < (c.created, c.id)
  ) THEN 'comment' ELSE 'thread' END AS kind) k
  WHERE c.id = ANY (ids) AND c.deleted IS NULL AND a.deleted IS NULL AND l.deleted IS NULL
    AND (o.deleted IS NULL OR gloss_standing_code(o.id) IS NOT NULL) AND n.deleted IS NULL AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
-- What is said about a code, and about those merged into it, goes and comes back with whichever stands for them.
CREATE FUNCTION search_follow_code_talk() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE said uuid[];
BEGIN
  WITH RECURSIVE changed AS (
    SELECT n.project_id, n.id FROM after n JOIN before o ON o.id = n.id
    WHERE (n.deleted, n.merged_into) IS DISTINCT FROM (o.deleted, o.merged_into)
    UNION
    SELECT c.project_id, c.id FROM changed x JOIN codes c ON c.project_id = x.project_id AND c.merged_into = x.id
  )
  SELECT array_agg(c.id) INTO said
  FROM changed x JOIN threads t ON t.code_id = x.id JOIN comments c ON c.thread_id = t.id;
  IF said IS NOT NULL THEN
    DELETE FROM search_documents WHERE origin = 'comment' AND id = ANY (said);
    PERFORM gloss_search_comments(said);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER codes_talk_search ON codes;
--> statement-breakpoint
CREATE TRIGGER codes_talk_search AFTER UPDATE ON codes REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_code_talk();
--> statement-breakpoint
SELECT gloss_search_comments(ARRAY(SELECT c.id FROM comments c JOIN threads t ON t.id = c.thread_id
  JOIN codes o ON o.id = t.code_id WHERE o.merged_into IS NOT NULL));
