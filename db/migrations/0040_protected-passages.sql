CREATE TABLE "protected_passages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "protected_places" (
	"project_id" uuid NOT NULL,
	"passage_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"start" integer,
	"end" integer,
	"decided_by" uuid,
	CONSTRAINT "protected_places_passage_id_version_pk" PRIMARY KEY("passage_id","version")
);
--> statement-breakpoint
CREATE TABLE "redacted_texts" (
	"project_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "redacted_texts_source_id_version_pk" PRIMARY KEY("source_id","version")
);
--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "closed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "protected_passages" ADD CONSTRAINT "protected_passages_source_id_source_protections_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source_protections"("source_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_passages" ADD CONSTRAINT "protected_passages_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_passages" ADD CONSTRAINT "protected_passages_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_places" ADD CONSTRAINT "protected_places_passage_id_protected_passages_id_fk" FOREIGN KEY ("passage_id") REFERENCES "public"."protected_passages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_places" ADD CONSTRAINT "protected_places_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_places" ADD CONSTRAINT "protected_places_source_id_version_source_texts_source_id_version_fk" FOREIGN KEY ("source_id","version") REFERENCES "public"."source_texts"("source_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_places" ADD CONSTRAINT "protected_places_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redacted_texts" ADD CONSTRAINT "redacted_texts_source_id_version_source_texts_source_id_version_fk" FOREIGN KEY ("source_id","version") REFERENCES "public"."source_texts"("source_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redacted_texts" ADD CONSTRAINT "redacted_texts_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "protected_passages_source" ON "protected_passages" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "protected_places_source" ON "protected_places" USING btree ("source_id","version");--> statement-breakpoint
CREATE INDEX "annotations_closed" ON "annotations" USING btree ("project_id","source_id") WHERE "annotations"."closed";
--> statement-breakpoint
-- Whether a span of a version touches a protected passage; where a passage was not found again, all of that version does.
CREATE FUNCTION gloss_is_closed(source uuid, in_version int, from_unit int, to_unit int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM protected_passages p LEFT JOIN protected_places l ON l.passage_id = p.id AND l.version = in_version
    WHERE p.source_id = source AND from_unit IS NOT NULL
      AND (l.passage_id IS NULL OR (l.start < to_unit AND l."end" > from_unit)))
$$;
--> statement-breakpoint
-- Whether a protected passage of a source was not found in its current version.
CREATE FUNCTION gloss_is_lost(source uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM protected_passages p JOIN sources s ON s.id = p.source_id
    WHERE p.source_id = source AND NOT EXISTS (SELECT FROM protected_places l WHERE l.passage_id = p.id AND l.version = s.version))
$$;
--> statement-breakpoint
-- What of the words before (or behind) a place lies between it and the nearest protected passage. Of words with characters of two units
-- nothing, where a passage is near: Postgres counts characters.
CREATE FUNCTION gloss_without_passages(source uuid, in_version int, words text, at int, is_before boolean) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN near.units IS NULL OR near.units >= 2 * length(words) THEN words
    WHEN words ~ '[\U00010000-\U0010FFFF]' THEN ''
    WHEN is_before THEN right(words, near.units) ELSE left(words, near.units) END
  FROM (
    SELECT min(CASE WHEN l.passage_id IS NULL THEN 0 WHEN is_before THEN greatest(at - l."end", 0) ELSE greatest(l.start - at, 0) END) AS units
    FROM protected_passages p LEFT JOIN protected_places l ON l.passage_id = p.id AND l.version = in_version
    WHERE p.source_id = source AND (l.passage_id IS NULL OR CASE WHEN is_before THEN l.start < at ELSE l."end" > at END)) near
$$;
--> statement-breakpoint
-- A mark that comes to touch a protected passage is closed for as long as any is there: the log says where it stood. What stands
-- around a mark is kept without words of a passage, so that every list that shows it may.
CREATE FUNCTION gloss_guard_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever protects a passage holds the source and the project alone; whoever marks holds the source with others, or the project.
  IF EXISTS (SELECT FROM protected_passages p WHERE p.source_id = NEW.source_id) THEN
    NEW.prefix := gloss_without_passages(NEW.source_id, NEW.version, NEW.prefix, NEW.start, true);
    NEW.suffix := gloss_without_passages(NEW.source_id, NEW.version, NEW.suffix, NEW."end", false);
    IF TG_TABLE_NAME = 'annotations' THEN
      NEW.closed := NEW.closed OR gloss_is_closed(NEW.source_id, NEW.version, NEW.start, NEW."end");
    ELSE
      UPDATE annotations SET closed = true WHERE id = NEW.annotation_id AND NOT closed AND (
        gloss_is_closed(NEW.source_id, NEW.version, NEW.start, NEW."end") OR EXISTS (
          SELECT FROM jsonb_array_elements(NEW.candidates) c
          WHERE gloss_is_closed(NEW.source_id, NEW.version, (c->>'start')::int, (c->>'end')::int)));
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER annotations_guard BEFORE INSERT OR UPDATE OF version, start, "end", prefix, suffix, closed ON annotations
  FOR EACH ROW EXECUTE FUNCTION gloss_guard_mark();
--> statement-breakpoint
CREATE TRIGGER annotation_targets_guard BEFORE INSERT OR UPDATE OF version, start, "end", prefix, suffix, candidates ON annotation_targets
  FOR EACH ROW EXECUTE FUNCTION gloss_guard_mark();
--> statement-breakpoint
-- Closes the marks of a source that touch a protected passage, or did when the log told of them, and opens all others.
CREATE FUNCTION gloss_close_marks(source uuid) RETURNS void LANGUAGE sql AS $$
  WITH told AS (
    SELECT e.subject AS mark FROM events e
    WHERE e.project_id = (SELECT s.project_id FROM sources s WHERE s.id = source) AND split_part(e.type, '.', 1) = 'annotation'
      AND e.subject->>'sourceId' = source::text
    UNION ALL
    SELECT m FROM events e CROSS JOIN LATERAL jsonb_array_elements(e.subject->'annotations') m
    WHERE e.project_id = (SELECT s.project_id FROM sources s WHERE s.id = source)
      AND e.type IN ('source.targets-carried', 'source.targets-decided', 'code.recoded', 'pass.shown') AND m->>'sourceId' = source::text
  ), touching AS (
    SELECT t.annotation_id AS id FROM annotation_targets t WHERE t.source_id = source AND (
      gloss_is_closed(source, t.version, t.start, t."end") OR EXISTS (
        SELECT FROM jsonb_array_elements(t.candidates) c
        WHERE gloss_is_closed(source, t.version, (c->>'start')::int, (c->>'end')::int)))
    UNION
    SELECT (mark->>'id')::uuid FROM told
    WHERE gloss_is_closed(source, (mark->>'version')::int, (mark#>>'{selector,0,start}')::int, (mark#>>'{selector,0,end}')::int)
  )
  UPDATE annotations a SET closed = a.id IN (SELECT id FROM touching), prefix = a.prefix, suffix = a.suffix WHERE a.source_id = source;
$$;
--> statement-breakpoint
-- Who alone may see a mark, as before; of one that touches a protected passage of its source, those who may read that. Of a source:
-- given as closed, who reads all of it.
DROP FUNCTION gloss_seen_by(uuid[], uuid);
--> statement-breakpoint
CREATE FUNCTION gloss_seen_by(seen_by uuid[], source uuid, closed boolean) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p.source_id IS NULL THEN seen_by ELSE ARRAY(
    SELECT named.id FROM (
      SELECT unnest(p.named_ids) AS id
      UNION SELECT m.user_id FROM project_members m WHERE m.project_id = p.project_id AND m.role = 'owner') named
    WHERE seen_by IS NULL OR named.id = ANY (seen_by)) END
  FROM (SELECT source AS id) given LEFT JOIN source_protections p ON p.source_id = given.id AND (p.embargo_until > now()
    OR (closed AND EXISTS (SELECT FROM protected_passages x WHERE x.source_id = p.source_id)))
$$;
--> statement-breakpoint
-- A source with protected passages is there twice: whole for those who may read all of it, and blacked out for everybody else.
CREATE OR REPLACE FUNCTION gloss_index_sources(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING sources s
  WHERE s.id = ANY (ids) AND s.deleted IS NOT NULL AND d.source_id = s.id AND d.origin <> 'note';
  DELETE FROM search_documents d WHERE d.id = ANY (ids) AND d.origin = 'source-redacted';
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, creator_id, created, tsv)
  SELECT o.origin, s.id, s.project_id, 'source', s.id, s.created_by, s.created,
    gloss_search_tsv(gloss_search_config(s.language), concat_ws(' ', s.title, s.byline, s.site_name), NULL, o.text, ARRAY[
      gloss_search_facet('p', s.project_id::text), '@ksource', gloss_search_facet('u', s.created_by::text),
      gloss_search_facet('s', s.id::text)])
  FROM sources s JOIN source_texts t ON t.source_id = s.id AND t.version = s.version
  CROSS JOIN LATERAL (
    SELECT 'source' AS origin, t.text
    UNION ALL SELECT 'source-redacted', coalesce((SELECT r.text FROM redacted_texts r WHERE r.source_id = s.id AND r.version = s.version), '')
      WHERE EXISTS (SELECT FROM protected_passages p WHERE p.source_id = s.id)) o
  WHERE s.id = ANY (ids) AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
