CREATE TABLE "project_usage" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"annotations" integer DEFAULT 0 NOT NULL,
	"limits" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "project_usage" ADD CONSTRAINT "project_usage_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notes_free" ON "notes" USING btree ("project_id") WHERE "notes"."source_id" is null and "notes"."deleted" is null;--> statement-breakpoint
CREATE INDEX "source_files_sizes" ON "source_files" USING btree ("project_id","size");--> statement-breakpoint
CREATE INDEX "sources_standing" ON "sources" USING btree ("project_id") WHERE "sources"."deleted" is null;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "second_factor" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
INSERT INTO "project_usage" ("project_id", "annotations")
SELECT p."id", (SELECT count(*) FROM "annotations" a WHERE a."project_id" = p."id" AND a."deleted" IS NULL) FROM "projects" p;
--> statement-breakpoint
CREATE FUNCTION gloss_make_usage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO project_usage (project_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER projects_usage AFTER INSERT ON projects FOR EACH ROW EXECUTE FUNCTION gloss_make_usage();
