CREATE TABLE "guest_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"mode" text NOT NULL,
	"title" text NOT NULL,
	"source_id" uuid,
	"version" integer,
	"claim_ids" uuid[] DEFAULT '{}' NOT NULL,
	"note_id" uuid,
	"annotation_ids" uuid[] DEFAULT '{}' NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"show_names" boolean DEFAULT false NOT NULL,
	"token_hash" text NOT NULL,
	"pin_hash" text,
	"created_by" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"revoked" timestamp with time zone,
	CONSTRAINT "guest_links_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "guest_links_project_id" UNIQUE("project_id","id"),
	CONSTRAINT "guest_links_thing" CHECK (("guest_links"."kind" = 'source') = ("guest_links"."source_id" is not null) and ("guest_links"."kind" = 'note') = ("guest_links"."note_id" is not null)
        and ("guest_links"."kind" = 'claims') = (cardinality("guest_links"."claim_ids") > 0)),
	CONSTRAINT "guest_links_days" CHECK ("guest_links"."expires" <= "guest_links"."created" + interval '90 days 1 hour')
);
--> statement-breakpoint
CREATE TABLE "guest_views" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "guest_views_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"guest_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"what" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"key_hash" text NOT NULL,
	"name" text NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guests_key" UNIQUE("link_id","key_hash"),
	CONSTRAINT "guests_name" UNIQUE("link_id","name")
);
--> statement-breakpoint
ALTER TABLE "comments" ALTER COLUMN "creator_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "guest_id" uuid;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "verdict" text;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_source_id_version_source_texts_source_id_version_fk" FOREIGN KEY ("source_id","version") REFERENCES "public"."source_texts"("source_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_views" ADD CONSTRAINT "guest_views_guest_id_guests_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."guests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_views" ADD CONSTRAINT "guest_views_project_id_link_id_guest_links_project_id_id_fk" FOREIGN KEY ("project_id","link_id") REFERENCES "public"."guest_links"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guests" ADD CONSTRAINT "guests_project_id_link_id_guest_links_project_id_id_fk" FOREIGN KEY ("project_id","link_id") REFERENCES "public"."guest_links"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guest_views_link" ON "guest_views" USING btree ("link_id","id");--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_guest_id_guests_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."guests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_guest" ON "comments" USING btree ("guest_id") WHERE "comments"."guest_id" is not null;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author" CHECK (num_nonnulls("comments"."creator_id", "comments"."guest_id") = 1);
--> statement-breakpoint
-- As before; what a guest wrote is found as theirs.
CREATE OR REPLACE FUNCTION gloss_search_comments(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING comments c
  WHERE c.id = ANY (ids) AND c.deleted IS NOT NULL AND d.origin = 'comment' AND d.id = c.id;
  INSERT INTO search_documents (origin, id, project_id, kind, source_id, note_id, annotation_id, thread_id, claim_id, code_id, creator_id, created, tsv)
  SELECT 'comment', c.id, c.project_id, k.kind, t.source_id, t.note_id, t.annotation_id, t.id, t.claim_id, t.code_id, coalesce(c.creator_id, c.guest_id), c.created,
    gloss_search_tsv(gloss_search_config(s.language), NULL, NULL, regexp_replace(c.text, '@\[[0-9a-f-]{36}\]', ' ', 'g'), ARRAY[
      gloss_search_facet('p', c.project_id::text), '@k' || k.kind, gloss_search_facet('u', coalesce(c.creator_id, c.guest_id)::text),
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
-- Who looked stays written down as it was. The end of a project takes it away with the rest.
CREATE FUNCTION gloss_keep_guest_views() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A view of a guest is never changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER guest_views_kept BEFORE UPDATE ON guest_views FOR EACH ROW EXECUTE FUNCTION gloss_keep_guest_views();
