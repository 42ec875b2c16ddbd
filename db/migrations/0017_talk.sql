CREATE TABLE "notice_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"notice_ids" uuid[] NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease" uuid,
	"leased_until" timestamp with time zone,
	"done" timestamp with time zone,
	"gave_up" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notice_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"mail" jsonb NOT NULL,
	"hour" integer NOT NULL,
	"time_zone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_reactions" (
	"project_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"sign" text NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "comment_reactions_comment_id_user_id_sign_pk" PRIMARY KEY("comment_id","user_id","sign")
);
--> statement-breakpoint
CREATE TABLE "project_visits" (
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_event" bigint NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"since_event" bigint,
	"since_at" timestamp with time zone,
	CONSTRAINT "project_visits_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "threads" ALTER COLUMN "annotation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "thread_id" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "comment_id" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "readers_comment" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "claim_id" uuid;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "code_id" uuid;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "mentions" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "edited" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "deleted" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "claim_id" uuid;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "code_id" uuid;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "note_id" uuid;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "source_id" uuid;--> statement-breakpoint
UPDATE "threads" t SET "source_id" = a.source_id FROM "annotations" a WHERE a.id = t.annotation_id;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "passage" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "notice_mails" ADD CONSTRAINT "notice_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_project_id" UNIQUE("project_id","id");--> statement-breakpoint
ALTER TABLE "comment_reactions" ADD CONSTRAINT "comment_reactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_reactions" ADD CONSTRAINT "comment_reactions_project_id_comment_id_comments_project_id_id_fk" FOREIGN KEY ("project_id","comment_id") REFERENCES "public"."comments"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_visits" ADD CONSTRAINT "project_visits_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_visits" ADD CONSTRAINT "project_visits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_mails_daily" ON "notice_mails" USING btree ("user_id","due") WHERE "notice_mails"."kind" = 'daily' and "notice_mails"."attempts" = 0;--> statement-breakpoint
CREATE INDEX "notice_mails_due" ON "notice_mails" USING btree ("due") WHERE "notice_mails"."done" is null and "notice_mails"."gave_up" is null;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_project_id_thread_id_threads_project_id_id_fk" FOREIGN KEY ("project_id","thread_id") REFERENCES "public"."threads"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_project_id_claim_id_claims_project_id_id_fk" FOREIGN KEY ("project_id","claim_id") REFERENCES "public"."claims"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_project_id_code_id_codes_project_id_id_fk" FOREIGN KEY ("project_id","code_id") REFERENCES "public"."codes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("project_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "search_documents_claim" ON "search_documents" USING btree ("claim_id") WHERE "search_documents"."claim_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_project" ON "threads" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "threads_claim" ON "threads" USING btree ("claim_id") WHERE "threads"."claim_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_code" ON "threads" USING btree ("code_id") WHERE "threads"."code_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_note" ON "threads" USING btree ("note_id") WHERE "threads"."note_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_source" ON "threads" USING btree ("source_id","id");--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_target" CHECK (num_nonnulls("threads"."annotation_id", "threads"."claim_id", "threads"."code_id", "threads"."note_id") = 1
        or (num_nonnulls("threads"."annotation_id", "threads"."claim_id", "threads"."code_id", "threads"."note_id") = 0
          and "threads"."source_id" is not null));
--> statement-breakpoint
-- What a comment hangs on says whether it can be found, in which language, and where it leads.
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
  WHERE c.id = ANY (ids) AND c.deleted IS NULL AND a.deleted IS NULL AND l.deleted IS NULL AND o.deleted IS NULL
    AND n.deleted IS NULL AND s.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE FUNCTION search_follow_changed_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gloss_search_comments(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
    WHERE (n.text, n.deleted) IS DISTINCT FROM (o.text, o.deleted)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER comments_search_update AFTER UPDATE ON comments REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_changed_comments();
--> statement-breakpoint
-- What is said about a claim, a code or a note goes and comes back with it.
CREATE FUNCTION search_follow_talk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DELETE FROM search_documents d USING after n JOIN before o ON o.id = n.id
    WHERE d.origin = ''comment'' AND d.%1$I = n.id AND n.deleted IS NOT NULL AND o.deleted IS NULL', TG_ARGV[0]);
  EXECUTE format('SELECT gloss_search_comments(ARRAY(SELECT c.id FROM after n JOIN before o ON o.id = n.id
    JOIN threads t ON t.%1$I = n.id JOIN comments c ON c.thread_id = t.id WHERE n.deleted IS NULL AND o.deleted IS NOT NULL))', TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER claims_talk_search AFTER UPDATE ON claims REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_talk('claim_id');
--> statement-breakpoint
CREATE TRIGGER codes_talk_search AFTER UPDATE ON codes REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_talk('code_id');
--> statement-breakpoint
CREATE TRIGGER notes_talk_search AFTER UPDATE ON notes REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_talk('note_id');
