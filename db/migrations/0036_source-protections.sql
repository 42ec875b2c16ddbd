CREATE TABLE "source_protections" (
	"source_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"embargo_until" timestamp with time zone,
	"file" boolean DEFAULT false NOT NULL,
	"named_ids" uuid[] DEFAULT '{}' NOT NULL,
	"set_by" uuid NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"told_over" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "source_protections" ADD CONSTRAINT "source_protections_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_protections" ADD CONSTRAINT "source_protections_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "source_protections_project" ON "source_protections" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "source_protections_embargo" ON "source_protections" USING btree ("embargo_until") WHERE "source_protections"."embargo_until" is not null;--> statement-breakpoint
-- Who alone may see a mark: those of its blind pass, those whom the embargo of its source names with the owners of the project, or
-- those who are both; null where nothing hides it.
CREATE FUNCTION gloss_seen_by(seen_by uuid[], source uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p.source_id IS NULL THEN seen_by ELSE ARRAY(
    SELECT named.id FROM (
      SELECT unnest(p.named_ids) AS id
      UNION SELECT m.user_id FROM project_members m WHERE m.project_id = p.project_id AND m.role = 'owner') named
    WHERE seen_by IS NULL OR named.id = ANY (seen_by)) END
  FROM (SELECT source AS id) given LEFT JOIN source_protections p ON p.source_id = given.id AND p.embargo_until > now()
$$;
