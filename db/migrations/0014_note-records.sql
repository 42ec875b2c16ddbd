CREATE TABLE "frozen_queries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"q" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"items" jsonb NOT NULL,
	"total" integer
);
--> statement-breakpoint
CREATE TABLE "note_sign_offs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"statement" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "frozen_queries" ADD CONSTRAINT "frozen_queries_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_queries" ADD CONSTRAINT "frozen_queries_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_sign_offs" ADD CONSTRAINT "note_sign_offs_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_sign_offs" ADD CONSTRAINT "note_sign_offs_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "frozen_queries_note" ON "frozen_queries" USING btree ("note_id");--> statement-breakpoint
CREATE UNIQUE INDEX "note_sign_offs_once" ON "note_sign_offs" USING btree ("note_id",md5("statement"));--> statement-breakpoint
-- What was frozen stays as it was: that is what freezing is for.
CREATE TRIGGER frozen_queries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_queries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
