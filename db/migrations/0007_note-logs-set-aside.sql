CREATE TABLE "note_logs_set_aside" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "note_logs_set_aside_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"seq" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"entries" integer NOT NULL,
	"user_id" uuid,
	"user_ids" uuid[],
	"at" timestamp with time zone NOT NULL,
	"set_aside" timestamp with time zone DEFAULT now() NOT NULL,
	"set_aside_by" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "note_logs_set_aside" ADD CONSTRAINT "note_logs_set_aside_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_logs_set_aside" ADD CONSTRAINT "note_logs_set_aside_set_aside_by_users_id_fk" FOREIGN KEY ("set_aside_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_logs_set_aside" ADD CONSTRAINT "note_logs_set_aside_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_logs_set_aside_note" ON "note_logs_set_aside" USING btree ("note_id","id");