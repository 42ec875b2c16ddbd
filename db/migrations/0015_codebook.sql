CREATE TABLE "code_deed_codings" (
	"deed_id" uuid NOT NULL,
	"annotation_id" uuid NOT NULL,
	"definition_code_id" uuid NOT NULL,
	"definition_version" integer NOT NULL,
	"had_both" boolean NOT NULL,
	CONSTRAINT "code_deed_codings_deed_id_annotation_id_pk" PRIMARY KEY("deed_id","annotation_id")
);
--> statement-breakpoint
CREATE TABLE "code_deeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"code_id" uuid NOT NULL,
	"other_id" uuid,
	"children" jsonb NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "code_versions" (
	"project_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"definition" text NOT NULL,
	"when_to_use" text NOT NULL,
	"when_not" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid,
	CONSTRAINT "code_versions_code_id_version_pk" PRIMARY KEY("code_id","version")
);
--> statement-breakpoint
DROP INDEX "annotation_codes_code";--> statement-breakpoint
ALTER TABLE "annotation_codes" ADD COLUMN "definition_code_id" uuid;--> statement-breakpoint
ALTER TABLE "annotation_codes" ADD COLUMN "definition_version" integer;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "when_to_use" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "when_not" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "rank" text;--> statement-breakpoint
-- The codes that are there stand at the top, in the order in which they were added.
UPDATE codes SET rank = placed.rank FROM (
  SELECT id, 'V' || lpad(row_number() OVER (PARTITION BY project_id ORDER BY created, id)::text, 8, '0') || '1' AS rank FROM codes
) placed WHERE placed.id = codes.id;
--> statement-breakpoint
ALTER TABLE "codes" ALTER COLUMN "rank" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "example_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "memo_note_id" uuid;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "definition_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "split_from" uuid;--> statement-breakpoint
ALTER TABLE "code_deed_codings" ADD CONSTRAINT "code_deed_codings_deed_id_code_deeds_id_fk" FOREIGN KEY ("deed_id") REFERENCES "public"."code_deeds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_deeds" ADD CONSTRAINT "code_deeds_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_deeds" ADD CONSTRAINT "code_deeds_project_id_code_id_codes_project_id_id_fk" FOREIGN KEY ("project_id","code_id") REFERENCES "public"."codes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_versions" ADD CONSTRAINT "code_versions_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_versions" ADD CONSTRAINT "code_versions_project_id_code_id_codes_project_id_id_fk" FOREIGN KEY ("project_id","code_id") REFERENCES "public"."codes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What the codes say now is the first that is kept of them, and all that they were put on so far was made under it.
INSERT INTO code_versions (project_id, code_id, version, name, definition, when_to_use, when_not, at, by_id)
SELECT c.project_id, c.id, 1, c.name, c.definition, '', '', c.modified, (
  SELECT u.id FROM events e JOIN users u ON u.id = e.actor_id
  WHERE e.project_id = c.project_id AND e.subject_id = c.id AND e.type IN ('code.created', 'code.updated')
  ORDER BY e.id DESC LIMIT 1)
FROM codes c;
--> statement-breakpoint
UPDATE annotation_codes SET definition_code_id = code_id, definition_version = 1;
--> statement-breakpoint
ALTER TABLE "annotation_codes" ALTER COLUMN "definition_code_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "annotation_codes" ALTER COLUMN "definition_version" SET NOT NULL;--> statement-breakpoint
CREATE TRIGGER code_versions_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON code_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE INDEX "code_deeds_code" ON "code_deeds" USING btree ("code_id","at");--> statement-breakpoint
ALTER TABLE "annotation_codes" ADD CONSTRAINT "annotation_codes_definition" FOREIGN KEY ("definition_code_id","definition_version") REFERENCES "public"."code_versions"("code_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_parent_id_codes_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_merged_into_codes_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_split_from_codes_id_fk" FOREIGN KEY ("split_from") REFERENCES "public"."codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "codes_place" ON "codes" USING btree ("project_id",coalesce("parent_id", '00000000-0000-0000-0000-000000000000'::uuid),"rank") WHERE "codes"."deleted" is null;--> statement-breakpoint
CREATE INDEX "annotation_codes_code" ON "annotation_codes" USING btree ("code_id","annotation_id");