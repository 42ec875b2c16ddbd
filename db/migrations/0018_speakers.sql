CREATE TABLE "speaker_confidants" (
	"speaker_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "speaker_confidants_speaker_id_user_id_pk" PRIMARY KEY("speaker_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "speaker_identities" (
	"speaker_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"role" text DEFAULT '' NOT NULL,
	"affiliation" text DEFAULT '' NOT NULL,
	"affiliation_id" uuid,
	"first_mention_id" uuid,
	"former" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "speaker_names" (
	"project_id" uuid NOT NULL,
	"folded" text NOT NULL,
	"speaker_id" uuid NOT NULL,
	CONSTRAINT "speaker_names_project_id_folded_pk" PRIMARY KEY("project_id","folded")
);
--> statement-breakpoint
CREATE TABLE "speakers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"role" text DEFAULT '' NOT NULL,
	"affiliation" text DEFAULT '' NOT NULL,
	"affiliation_id" uuid,
	"first_mention_id" uuid,
	"is_protected" boolean DEFAULT false NOT NULL,
	"merged_into" uuid,
	"root_id" uuid NOT NULL,
	"sort_name" text NOT NULL,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	CONSTRAINT "speakers_project_id" UNIQUE("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "speaker_id" uuid;--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "written" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "speaker_confidants" ADD CONSTRAINT "speaker_confidants_speaker_id_speaker_identities_speaker_id_fk" FOREIGN KEY ("speaker_id") REFERENCES "public"."speaker_identities"("speaker_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaker_confidants" ADD CONSTRAINT "speaker_confidants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaker_identities" ADD CONSTRAINT "speaker_identities_project_id_speaker_id_speakers_project_id_id_fk" FOREIGN KEY ("project_id","speaker_id") REFERENCES "public"."speakers"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaker_names" ADD CONSTRAINT "speaker_names_project_id_speaker_id_speakers_project_id_id_fk" FOREIGN KEY ("project_id","speaker_id") REFERENCES "public"."speakers"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speakers" ADD CONSTRAINT "speakers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speakers" ADD CONSTRAINT "speakers_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "speaker_identities_project" ON "speaker_identities" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "speaker_names_speaker" ON "speaker_names" USING btree ("speaker_id");--> statement-breakpoint
CREATE INDEX "speakers_sorted" ON "speakers" USING btree ("project_id","sort_name","root_id","id");--> statement-breakpoint
CREATE INDEX "speakers_root" ON "speakers" USING btree ("root_id");--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_project_id_speaker_id_speakers_project_id_id_fk" FOREIGN KEY ("project_id","speaker_id") REFERENCES "public"."speakers"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotations_speaker" ON "annotations" USING btree ("speaker_id","id") WHERE "annotations"."speaker_id" is not null and "annotations"."deleted" is null;--> statement-breakpoint
CREATE INDEX "annotations_quotes" ON "annotations" USING btree ("project_id","source_id","start","id") WHERE "annotations"."motivation" = 'quoting' and "annotations"."deleted" is null;
--> statement-breakpoint
-- A UUID of version 7 for what this migration makes; Postgres has none of its own before 18.
CREATE FUNCTION pg_temp.id7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
--> statement-breakpoint
-- Each name that quotes were given to becomes a speaker, whatever its case and accents; the one who named them first made them.
-- Spellings that are the same to the search alone ("Groß" and "Gross") are aliases: the log, which keeps them, knows them by that.
WITH said AS (
  SELECT id, project_id, creator_id, created, name, gloss_fold(name) AS folded,
    lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g')) AS key
  FROM annotations CROSS JOIN LATERAL (SELECT regexp_replace(btrim(quote->>'speaker'), '\s+', ' ', 'g') AS name) n
  WHERE btrim(coalesce(quote->>'speaker', '')) <> ''
), spelt AS (
  SELECT DISTINCT ON (project_id, folded, key) project_id, folded, key, name, created, id
  FROM said ORDER BY project_id, folded, key, created, id
), firsts AS (
  SELECT DISTINCT ON (project_id, folded) project_id, creator_id, created, id AS mention, name, folded, key
  FROM said ORDER BY project_id, folded, created, id
), made AS (
  SELECT pg_temp.id7() AS id, f.* FROM firsts f
), put AS (
  INSERT INTO speakers (id, project_id, kind, name, aliases, first_mention_id, root_id, sort_name, creator_id, created, modified)
  SELECT id, project_id, CASE WHEN name ~* '(^|\s)(the\s)?(agency|association|authority|board|church|commission|committee|company|corporation|council|court|department|government|inc|institute|ltd|ministry|office|parliament|party|police|senate|times|union|university)($|[\s,.(])'
    THEN 'Organization' ELSE 'Person' END, name,
    ARRAY(SELECT s.name FROM spelt s WHERE s.project_id = made.project_id AND s.folded = made.folded AND s.key <> made.key ORDER BY s.created, s.id),
    mention, id, folded, creator_id, created, created FROM made
)
INSERT INTO speaker_names (project_id, folded, speaker_id) SELECT project_id, folded, id FROM made;
--> statement-breakpoint
ALTER TABLE annotations DISABLE TRIGGER annotations_search_update;
--> statement-breakpoint
UPDATE annotations a SET speaker_id = n.speaker_id, written = regexp_replace(btrim(a.quote->>'speaker'), '\s+', ' ', 'g')
FROM speaker_names n
WHERE btrim(coalesce(a.quote->>'speaker', '')) <> '' AND n.project_id = a.project_id
  AND n.folded = gloss_fold(regexp_replace(btrim(a.quote->>'speaker'), '\s+', ' ', 'g'));
--> statement-breakpoint
UPDATE annotations SET quote = jsonb_build_object('style', coalesce(quote->>'style', 'direct'), 'hedged', coalesce((quote->>'hedged')::boolean, false),
  'hedges', '[]'::jsonb, 'chain', '[]'::jsonb, 'level', null)
WHERE quote IS NOT NULL;
--> statement-breakpoint
ALTER TABLE annotations ENABLE TRIGGER annotations_search_update;
--> statement-breakpoint
-- What is said in and about a passage; whom it is given to is asked by the speaker's id (db/annotations.ts).
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    DROP INDEX IF EXISTS annotations_said;
    CREATE INDEX annotations_said ON annotations USING gin ((exact || E'\n' || coalesce(body, '')) gin_trgm_ops);
  END IF;
END $$;
--> statement-breakpoint
-- A speaker is a lexeme of their quotes (`@v…`), as a code is: names are looked up when asked, and what is not public is in no index.
CREATE OR REPLACE FUNCTION gloss_search_annotations(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING annotations a
  WHERE a.id = ANY (ids) AND a.deleted IS NOT NULL AND d.annotation_id = a.id;
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, annotation_id, creator_id, created, tsv)
  SELECT 'annotation', a.id, a.project_id, k.kind, a.source_id, a.id, a.creator_id, a.created,
    gloss_search_tsv(gloss_search_config(s.language), NULL, NULL, concat_ws(E'\n', a.exact, a.body), ARRAY[
      gloss_search_facet('p', a.project_id::text), '@k' || k.kind, gloss_search_facet('u', a.creator_id::text),
      gloss_search_facet('s', a.source_id::text), gloss_search_facet('v', a.speaker_id::text)]
      || ARRAY(SELECT gloss_search_facet('c', c.code_id::text) FROM annotation_codes c WHERE c.annotation_id = a.id))
  FROM annotations a JOIN sources s ON s.id = a.source_id
  CROSS JOIN LATERAL (SELECT CASE WHEN a.quote IS NULL THEN 'annotation' ELSE 'quote' END AS kind) k
  WHERE a.id = ANY (ids) AND a.deleted IS NULL AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET kind = excluded.kind, tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_follow_annotations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_annotations(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_annotations(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.exact, n.body, n.quote, n.speaker_id, n.deleted) IS DISTINCT FROM (o.exact, o.body, o.quote, o.speaker_id, o.deleted)));
    PERFORM gloss_search_comments(ARRAY(SELECT c.id FROM after n JOIN before o ON o.id = n.id
      JOIN threads t ON t.annotation_id = n.id JOIN comments c ON c.thread_id = t.id
      WHERE n.deleted IS NULL AND o.deleted IS NOT NULL));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
SELECT gloss_search_annotations(ARRAY(SELECT id FROM annotations WHERE quote IS NOT NULL));
