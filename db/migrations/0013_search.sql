CREATE TABLE "saved_searches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"name" text NOT NULL,
	"q" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	CONSTRAINT "saved_searches_project_id" UNIQUE("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"origin" text NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source_id" uuid,
	"note_id" uuid,
	"annotation_id" uuid,
	"thread_id" uuid,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone NOT NULL,
	"tsv" "tsvector" NOT NULL,
	CONSTRAINT "search_documents_origin_id_pk" PRIMARY KEY("origin","id")
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"project_id" uuid NOT NULL,
	"word" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_documents_tsv" ON "search_documents" USING gin ("tsv") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "search_documents_project" ON "search_documents" USING btree ("project_id","created","id");--> statement-breakpoint
CREATE INDEX "search_documents_creator" ON "search_documents" USING btree ("project_id","creator_id");--> statement-breakpoint
CREATE INDEX "search_documents_annotation" ON "search_documents" USING btree ("annotation_id") WHERE "search_documents"."annotation_id" is not null;--> statement-breakpoint
CREATE INDEX "search_documents_source" ON "search_documents" USING btree ("source_id") WHERE "search_documents"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "search_documents_thread" ON "search_documents" USING btree ("thread_id") WHERE "search_documents"."thread_id" is not null;--> statement-breakpoint
CREATE INDEX "search_words_project" ON "search_words" USING btree ("project_id","word");--> statement-breakpoint
CREATE INDEX "annotations_creator" ON "annotations" USING btree ("project_id","creator_id","id") WHERE "annotations"."deleted" is null;--> statement-breakpoint
CREATE INDEX "annotations_motivation" ON "annotations" USING btree ("project_id","motivation","id") WHERE "annotations"."deleted" is null;
--> statement-breakpoint
-- Both are trusted extensions: whoever may create in the database may create them. Where a server does not have them, search
-- works without: accents matter then, and misspelt words find nothing.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS unaccent;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'unaccent is not to be had (%): search will tell accents apart', SQLERRM;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'pg_trgm is not to be had (%): search will not forgive misspelt words', SQLERRM;
END $$;
--> statement-breakpoint
-- One configuration for each language that Postgres knows, as it is there but without accents.
DO $$
DECLARE
  language text;
  has_unaccent boolean := EXISTS (SELECT FROM pg_extension WHERE extname = 'unaccent');
BEGIN
  FOR language IN SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'pg_catalog'::regnamespace LOOP
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION gloss_%1$s (COPY = pg_catalog.%1$I)', language);
    IF has_unaccent THEN
      EXECUTE format('ALTER TEXT SEARCH CONFIGURATION gloss_%1$s ALTER MAPPING FOR hword, hword_part, word WITH unaccent, %2$I',
        language, CASE language WHEN 'simple' THEN 'simple' ELSE language || '_stem' END);
    END IF;
  END LOOP;
  EXECUTE format('CREATE FUNCTION gloss_fold(words text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $f$ SELECT %s $f$',
    CASE WHEN has_unaccent THEN 'lower(unaccent(words))' ELSE 'lower(words)' END);
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX search_words_alike ON search_words USING gin (word gin_trgm_ops);
    -- For the words that a list of annotations is narrowed by (db/annotations.ts).
    CREATE INDEX annotations_said ON annotations
      USING gin ((exact || E'\n' || coalesce(body, '') || E'\n' || coalesce(quote->>'speaker', '')) gin_trgm_ops);
  END IF;
END $$;
--> statement-breakpoint
ALTER TABLE "search_documents" ALTER COLUMN "tsv" SET STATISTICS 1000;
--> statement-breakpoint
-- The configuration for a language tag (BCP 47); the one that stems nothing where Postgres does not know the language.
CREATE FUNCTION gloss_search_config(tag text) RETURNS regconfig LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT oid::regconfig FROM pg_ts_config WHERE pg_ts_config_is_visible(oid) AND cfgname = 'gloss_' || CASE split_part(replace(lower(tag), '_', '-'), '-', 1)
    WHEN 'ar' THEN 'arabic' WHEN 'hy' THEN 'armenian' WHEN 'eu' THEN 'basque' WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish'
    WHEN 'nl' THEN 'dutch' WHEN 'en' THEN 'english' WHEN 'et' THEN 'estonian' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french'
    WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian'
    WHEN 'ga' THEN 'irish' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian' WHEN 'ne' THEN 'nepali' WHEN 'no' THEN 'norwegian'
    WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
    WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian' WHEN 'es' THEN 'spanish' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil'
    WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish' END), 'gloss_simple'::regconfig);
$$;
--> statement-breakpoint
-- What a thing is, as one lexeme: `@`, a letter for the field, the value. No word of a text begins with `@`.
CREATE FUNCTION gloss_search_facet(field text, value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT '@' || field || replace(value, '-', '')
$$;
--> statement-breakpoint
-- `title` weighs most (A); `said` is a speaker's name (C), for the field of that name. Of a text too long for a tsvector the beginning is taken.
CREATE FUNCTION gloss_search_tsv(config regconfig, title text, said text, body text, facets text[]) RETURNS tsvector LANGUAGE plpgsql STABLE AS $$
DECLARE
  head tsvector := setweight(to_tsvector(config, coalesce(title, '')), 'A') || setweight(to_tsvector(config, coalesce(said, '')), 'C');
  tail tsvector := array_to_tsvector(array_remove(facets || gloss_search_facet('l', config::text), NULL));
BEGIN
  RETURN head || setweight(to_tsvector(config, left(coalesce(body, ''), 500000)), 'B') || tail;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN head || setweight(to_tsvector(config, left(body, 100000)), 'B') || tail;
END $$;
--> statement-breakpoint
CREATE FUNCTION gloss_search_sources(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING sources s
  WHERE s.id = ANY (ids) AND s.deleted IS NOT NULL AND d.source_id = s.id AND d.origin <> 'note';
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, creator_id, created, tsv)
  SELECT 'source', s.id, s.project_id, 'source', s.id, s.created_by, s.created,
    gloss_search_tsv(gloss_search_config(s.language), concat_ws(' ', s.title, s.byline, s.site_name), NULL, t.text, ARRAY[
      gloss_search_facet('p', s.project_id::text), '@ksource', gloss_search_facet('u', s.created_by::text),
      gloss_search_facet('s', s.id::text)])
  FROM sources s JOIN source_texts t ON t.source_id = s.id AND t.version = s.version
  WHERE s.id = ANY (ids) AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
-- The note beside a source comes with it under the same title; it is something to find once it says something.
CREATE FUNCTION gloss_search_notes(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING notes n
  WHERE n.id = ANY (ids) AND (n.deleted IS NOT NULL OR (n.source_id IS NOT NULL AND n.text = '')) AND d.origin = 'note' AND d.id = n.id;
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, note_id, creator_id, created, tsv)
  SELECT 'note', n.id, n.project_id, 'note', n.source_id, n.id, n.created_by, n.created,
    gloss_search_tsv(gloss_search_config(s.language), n.title, NULL, n.text, ARRAY[
      gloss_search_facet('p', n.project_id::text), '@knote', gloss_search_facet('u', n.created_by::text),
      gloss_search_facet('s', n.source_id::text)])
  FROM notes n LEFT JOIN sources s ON s.id = n.source_id
  WHERE n.id = ANY (ids) AND n.deleted IS NULL AND (n.source_id IS NULL OR n.text <> '')
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE FUNCTION gloss_search_annotations(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING annotations a
  WHERE a.id = ANY (ids) AND a.deleted IS NOT NULL AND d.annotation_id = a.id;
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, annotation_id, creator_id, created, tsv)
  SELECT 'annotation', a.id, a.project_id, k.kind, a.source_id, a.id, a.creator_id, a.created,
    gloss_search_tsv(gloss_search_config(s.language), NULL, a.quote->>'speaker', concat_ws(E'\n', a.exact, a.body), ARRAY[
      gloss_search_facet('p', a.project_id::text), '@k' || k.kind, gloss_search_facet('u', a.creator_id::text),
      gloss_search_facet('s', a.source_id::text)]
      || ARRAY(SELECT gloss_search_facet('c', c.code_id::text) FROM annotation_codes c WHERE c.annotation_id = a.id))
  FROM annotations a JOIN sources s ON s.id = a.source_id
  CROSS JOIN LATERAL (SELECT CASE WHEN a.quote IS NULL THEN 'annotation' ELSE 'quote' END AS kind) k
  WHERE a.id = ANY (ids) AND a.deleted IS NULL AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET kind = excluded.kind, tsv = excluded.tsv;
$$;
--> statement-breakpoint
-- What a thread begins with is found as the thread.
CREATE FUNCTION gloss_search_comments(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, annotation_id, thread_id, creator_id, created, tsv)
  SELECT 'comment', c.id, c.project_id, k.kind, a.source_id, a.id, t.id, c.creator_id, c.created,
    gloss_search_tsv(gloss_search_config(s.language), NULL, NULL, c.text, ARRAY[
      gloss_search_facet('p', c.project_id::text), '@k' || k.kind, gloss_search_facet('u', c.creator_id::text),
      gloss_search_facet('s', a.source_id::text), CASE WHEN t.resolved IS NULL THEN '@topen' ELSE '@tresolved' END])
  FROM comments c JOIN threads t ON t.id = c.thread_id JOIN annotations a ON a.id = t.annotation_id JOIN sources s ON s.id = a.source_id
  CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (
    SELECT FROM comments e WHERE e.thread_id = c.thread_id AND (e.created, e.id) < (c.created, c.id)
  ) THEN 'comment' ELSE 'thread' END AS kind) k
  WHERE c.id = ANY (ids) AND a.deleted IS NULL AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE FUNCTION gloss_search_claims(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING claims c
  WHERE c.id = ANY (ids) AND c.deleted IS NOT NULL AND d.origin = 'claim' AND d.id = c.id;
  -- A claim is in no language of its own: it is found in that of the source its first passage is from.
  INSERT INTO search_documents (origin, id, project_id, kind, creator_id, created, tsv)
  SELECT 'claim', c.id, c.project_id, 'claim', c.creator_id, c.created,
    gloss_search_tsv(gloss_search_config(l.language), c.wording, NULL, array_to_string(c.tags, ' '), ARRAY[
      gloss_search_facet('p', c.project_id::text), '@kclaim', gloss_search_facet('u', c.creator_id::text),
      gloss_search_facet('t', c.status)]
      || ARRAY(SELECT DISTINCT gloss_search_facet('s', a.source_id::text) FROM evidence e JOIN annotations a ON a.id = e.annotation_id
        WHERE e.claim_id = c.id))
  FROM claims c LEFT JOIN LATERAL (
    SELECT s.language FROM evidence e JOIN annotations a ON a.id = e.annotation_id JOIN sources s ON s.id = a.source_id
    WHERE e.claim_id = c.id ORDER BY e.created, e.id LIMIT 1) l ON true
  WHERE c.id = ANY (ids) AND c.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE FUNCTION search_follow_sources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_sources(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
    WHERE (n.title, n.byline, n.site_name, n.language, n.version, n.deleted)
      IS DISTINCT FROM (o.title, o.byline, o.site_name, o.language, o.version, o.deleted)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER sources_search AFTER UPDATE ON sources REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_sources();
--> statement-breakpoint
-- A text that its source does not yet call the current one is taken up when it does.
CREATE FUNCTION search_follow_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_sources(ARRAY(SELECT n.source_id FROM after n JOIN sources s ON s.id = n.source_id AND s.version = n.version));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER source_texts_search AFTER INSERT ON source_texts REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_texts();
--> statement-breakpoint
CREATE FUNCTION search_follow_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_notes(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_notes(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.title, n.text, n.deleted) IS DISTINCT FROM (o.title, o.text, o.deleted)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER notes_search_insert AFTER INSERT ON notes REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_notes();
--> statement-breakpoint
CREATE TRIGGER notes_search_update AFTER UPDATE ON notes REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_notes();
--> statement-breakpoint
CREATE FUNCTION search_follow_annotations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_annotations(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_annotations(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.exact, n.body, n.quote, n.deleted) IS DISTINCT FROM (o.exact, o.body, o.quote, o.deleted)));
    PERFORM gloss_search_comments(ARRAY(SELECT c.id FROM after n JOIN before o ON o.id = n.id
      JOIN threads t ON t.annotation_id = n.id JOIN comments c ON c.thread_id = t.id
      WHERE n.deleted IS NULL AND o.deleted IS NOT NULL));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER annotations_search_insert AFTER INSERT ON annotations REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_annotations();
--> statement-breakpoint
CREATE TRIGGER annotations_search_update AFTER UPDATE ON annotations REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_annotations();
--> statement-breakpoint
CREATE FUNCTION search_follow_codings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_annotations(ARRAY(SELECT DISTINCT annotation_id FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER annotation_codes_search_insert AFTER INSERT ON annotation_codes REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_codings();
--> statement-breakpoint
CREATE TRIGGER annotation_codes_search_delete AFTER DELETE ON annotation_codes REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_codings();
--> statement-breakpoint
CREATE FUNCTION search_follow_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_comments(ARRAY(SELECT id FROM after));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER comments_search AFTER INSERT ON comments REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_comments();
--> statement-breakpoint
CREATE FUNCTION search_follow_threads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_comments(ARRAY(SELECT c.id FROM after n JOIN before o ON o.id = n.id JOIN comments c ON c.thread_id = n.id
    WHERE (n.resolved IS NULL) <> (o.resolved IS NULL)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER threads_search AFTER UPDATE ON threads REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_threads();
--> statement-breakpoint
CREATE FUNCTION search_follow_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_claims(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_claims(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.wording, n.tags, n.status, n.deleted) IS DISTINCT FROM (o.wording, o.tags, o.status, o.deleted)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER claims_search_insert AFTER INSERT ON claims REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_claims();
--> statement-breakpoint
CREATE TRIGGER claims_search_update AFTER UPDATE ON claims REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_claims();
--> statement-breakpoint
CREATE FUNCTION search_follow_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_claims(ARRAY(SELECT DISTINCT claim_id FROM changed));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER evidence_search_insert AFTER INSERT ON evidence REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_evidence();
--> statement-breakpoint
CREATE TRIGGER evidence_search_delete AFTER DELETE ON evidence REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_evidence();
--> statement-breakpoint
-- No unique index: two who write the same new word at once must not wait for each other.
CREATE FUNCTION search_learn_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_words (project_id, word)
  SELECT used.project_id, used.word
  FROM (SELECT DISTINCT d.project_id, word FROM changed d CROSS JOIN LATERAL unnest(tsvector_to_array(d.tsv)) AS word
    WHERE length(word) BETWEEN 3 AND 40 AND word ~ '^[[:alpha:]]+$') used
  WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.project_id = used.project_id AND w.word = used.word);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_documents_learn_insert AFTER INSERT ON search_documents REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_learn_words();
--> statement-breakpoint
CREATE TRIGGER search_documents_learn_update AFTER UPDATE ON search_documents REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_learn_words();
--> statement-breakpoint
SELECT gloss_search_sources(ARRAY(SELECT id FROM sources)), gloss_search_notes(ARRAY(SELECT id FROM notes)),
  gloss_search_annotations(ARRAY(SELECT id FROM annotations)), gloss_search_comments(ARRAY(SELECT id FROM comments)),
  gloss_search_claims(ARRAY(SELECT id FROM claims));
