CREATE TABLE "follow_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"wording" text NOT NULL,
	"details" text DEFAULT '' NOT NULL,
	"owner_id" uuid,
	"due" date,
	"state" text DEFAULT 'open' NOT NULL,
	"raised_by" text,
	"raised_by_id" uuid,
	"raised_source_id" uuid,
	"raised_annotation_id" uuid,
	"raised_quote" text,
	"place" text NOT NULL,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	"told_due" date,
	CONSTRAINT "follow_ups_project_id" UNIQUE("project_id","id"),
	CONSTRAINT "follow_ups_raised" CHECK (("follow_ups"."raised_by" is null) = ("follow_ups"."raised_by_id" is null) and ("follow_ups"."raised_by" is null) = ("follow_ups"."raised_quote" is null))
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "follow_up_id" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "by_id" uuid;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_project_id_raised_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","raised_source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follow_ups_project" ON "follow_ups" USING btree ("project_id","id") WHERE "follow_ups"."deleted" is null;--> statement-breakpoint
CREATE INDEX "follow_ups_due" ON "follow_ups" USING btree ("due") WHERE "follow_ups"."deleted" is null and "follow_ups"."owner_id" is not null and "follow_ups"."state" in ('open', 'doing');--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_project_id_follow_up_id_follow_ups_project_id_id_fk" FOREIGN KEY ("project_id","follow_up_id") REFERENCES "public"."follow_ups"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Written by hand from here on. What somebody owns is found by `owner:`: of claims from now on too.
CREATE OR REPLACE FUNCTION gloss_search_claims(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING claims c
  WHERE c.id = ANY (ids) AND c.deleted IS NOT NULL AND d.origin = 'claim' AND d.id = c.id;
  -- A claim is in no language of its own: it is found in that of the source its first passage is from.
  INSERT INTO search_documents (origin, id, project_id, kind, creator_id, created, tsv)
  SELECT 'claim', c.id, c.project_id, 'claim', c.creator_id, c.created,
    gloss_search_tsv(gloss_search_config(l.language), c.wording, NULL, array_to_string(c.tags, ' '), ARRAY[
      gloss_search_facet('p', c.project_id::text), '@kclaim', gloss_search_facet('u', c.creator_id::text),
      gloss_search_facet('o', c.owner_id::text), gloss_search_facet('t', c.status)]
      || ARRAY(SELECT DISTINCT gloss_search_facet('s', a.source_id::text) FROM evidence e JOIN annotations a ON a.id = e.annotation_id
        WHERE e.claim_id = c.id))
  FROM claims c LEFT JOIN LATERAL (
    SELECT s.language FROM evidence e JOIN annotations a ON a.id = e.annotation_id JOIN sources s ON s.id = a.source_id
    WHERE e.claim_id = c.id ORDER BY e.created, e.id LIMIT 1) l ON true
  WHERE c.id = ANY (ids) AND c.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_follow_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_claims(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_claims(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.wording, n.tags, n.status, n.owner_id, n.deleted) IS DISTINCT FROM (o.wording, o.tags, o.status, o.owner_id, o.deleted)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A follow-up is found in the language of the source that it was raised in.
CREATE FUNCTION gloss_search_follow_ups(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_documents d USING follow_ups f
  WHERE f.id = ANY (ids) AND f.deleted IS NOT NULL AND d.origin = 'follow-up' AND d.id = f.id;
  INSERT INTO search_documents (origin, id, project_id, kind, creator_id, created, tsv)
  SELECT 'follow-up', f.id, f.project_id, 'follow-up', f.creator_id, f.created,
    gloss_search_tsv(gloss_search_config(s.language), f.wording, NULL, concat_ws(E'\n', f.details, f.raised_quote), ARRAY[
      gloss_search_facet('p', f.project_id::text), '@kfollowup', gloss_search_facet('u', f.creator_id::text),
      gloss_search_facet('o', f.owner_id::text), gloss_search_facet('t', f.state),
      gloss_search_facet('s', f.raised_source_id::text)])
  FROM follow_ups f LEFT JOIN sources s ON s.id = f.raised_source_id
  WHERE f.id = ANY (ids) AND f.deleted IS NULL
  ON CONFLICT (origin, id) DO UPDATE SET tsv = excluded.tsv;
$$;
--> statement-breakpoint
CREATE FUNCTION search_follow_follow_ups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM gloss_search_follow_ups(ARRAY(SELECT id FROM after));
  ELSE
    PERFORM gloss_search_follow_ups(ARRAY(SELECT n.id FROM after n JOIN before o ON o.id = n.id
      WHERE (n.wording, n.details, n.owner_id, n.state, n.deleted) IS DISTINCT FROM (o.wording, o.details, o.owner_id, o.state, o.deleted)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER follow_ups_search_insert AFTER INSERT ON follow_ups REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_follow_ups();
--> statement-breakpoint
CREATE TRIGGER follow_ups_search_update AFTER UPDATE ON follow_ups REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow_follow_ups();
--> statement-breakpoint
SELECT gloss_search_claims(ARRAY(SELECT id FROM claims WHERE owner_id IS NOT NULL));
