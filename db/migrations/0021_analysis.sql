CREATE TABLE "frozen_analyses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"table" jsonb NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_analyses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	CONSTRAINT "saved_analyses_project_id" UNIQUE("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "note_pastes" (
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"client_id" bigint NOT NULL,
	"clock" bigint NOT NULL,
	"length" integer NOT NULL,
	CONSTRAINT "note_pastes_note_id_client_id_clock_pk" PRIMARY KEY("note_id","client_id","clock")
);
--> statement-breakpoint
CREATE TABLE "variable_values" (
	"project_id" uuid NOT NULL,
	"variable_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "variable_values_variable_id_subject_id_pk" PRIMARY KEY("variable_id","subject_id")
);
--> statement-breakpoint
CREATE TABLE "variables" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"of" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"choices" text[] DEFAULT '{}' NOT NULL,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	CONSTRAINT "variables_project_id" UNIQUE("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "frozen_analyses" ADD CONSTRAINT "frozen_analyses_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_analyses" ADD CONSTRAINT "frozen_analyses_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_analyses" ADD CONSTRAINT "saved_analyses_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_analyses" ADD CONSTRAINT "saved_analyses_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_pastes" ADD CONSTRAINT "note_pastes_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variable_values" ADD CONSTRAINT "variable_values_project_id_variable_id_variables_project_id_id_fk" FOREIGN KEY ("project_id","variable_id") REFERENCES "public"."variables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variables" ADD CONSTRAINT "variables_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variables" ADD CONSTRAINT "variables_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "frozen_analyses_note" ON "frozen_analyses" USING btree ("note_id");--> statement-breakpoint
CREATE INDEX "saved_analyses_project" ON "saved_analyses" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "variable_values_subject" ON "variable_values" USING btree ("subject_id");--> statement-breakpoint
CREATE TRIGGER frozen_analyses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_analyses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
