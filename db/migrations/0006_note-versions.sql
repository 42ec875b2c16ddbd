CREATE TABLE "note_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"began" timestamp with time zone NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"author_ids" uuid[] DEFAULT '{}' NOT NULL,
	"restored_from" timestamp with time zone,
	"format" text NOT NULL,
	"state" "bytea" NOT NULL,
	"size" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "note_versions" ADD CONSTRAINT "note_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_versions" ADD CONSTRAINT "note_versions_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_versions_note" ON "note_versions" USING btree ("note_id","id");