CREATE TABLE "pass_assignments" (
	"pass_id" uuid NOT NULL,
	"coder_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"state" text DEFAULT 'not-started' NOT NULL,
	"started" timestamp with time zone,
	"done" timestamp with time zone,
	CONSTRAINT "pass_assignments_pass_id_source_id_coder_id_pk" PRIMARY KEY("pass_id","source_id","coder_id")
);
--> statement-breakpoint
CREATE TABLE "pass_coders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"user_id" uuid,
	"name" text,
	"is_expert" boolean DEFAULT false NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pass_coders_pass_id" UNIQUE("pass_id","id"),
	CONSTRAINT "pass_coders_user" UNIQUE("pass_id","user_id"),
	CONSTRAINT "pass_coders_who" CHECK (("pass_coders"."user_id" is null) <> ("pass_coders"."name" is null))
);
--> statement-breakpoint
CREATE TABLE "pass_codes" (
	"project_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	CONSTRAINT "pass_codes_pass_id_code_id_pk" PRIMARY KEY("pass_id","code_id")
);
--> statement-breakpoint
CREATE TABLE "pass_sources" (
	"project_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "pass_sources_pass_id_source_id_pk" PRIMARY KEY("pass_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"lead_id" uuid NOT NULL,
	"guideline_note_id" uuid,
	"reveal_when" text NOT NULL,
	"reveal_on" date,
	"revealed" timestamp with time zone,
	"revealed_by" uuid,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	CONSTRAINT "passes_project_id" UNIQUE("project_id","id"),
	CONSTRAINT "passes_reveal_on" CHECK ("passes"."reveal_when" <> 'on-date' or "passes"."reveal_on" is not null)
);
--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "pass_id" uuid;--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "coder_id" uuid;--> statement-breakpoint
ALTER TABLE "annotations" ADD COLUMN "seen_by" uuid[];--> statement-breakpoint
ALTER TABLE "pass_assignments" ADD CONSTRAINT "pass_assignments_coder" FOREIGN KEY ("pass_id","coder_id") REFERENCES "public"."pass_coders"("pass_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_assignments" ADD CONSTRAINT "pass_assignments_source" FOREIGN KEY ("pass_id","source_id") REFERENCES "public"."pass_sources"("pass_id","source_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_coders" ADD CONSTRAINT "pass_coders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_coders" ADD CONSTRAINT "pass_coders_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_codes" ADD CONSTRAINT "pass_codes_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_codes" ADD CONSTRAINT "pass_codes_code" FOREIGN KEY ("project_id","code_id") REFERENCES "public"."codes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_sources" ADD CONSTRAINT "pass_sources_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_sources" ADD CONSTRAINT "pass_sources_source" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_lead_id_users_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_revealed_by_users_id_fk" FOREIGN KEY ("revealed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passes_hiding" ON "passes" USING btree ("project_id") WHERE "passes"."kind" = 'blind' and "passes"."revealed" is null;--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_coder" FOREIGN KEY ("pass_id","coder_id") REFERENCES "public"."pass_coders"("pass_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotations_pass_source" ON "annotations" USING btree ("pass_id","source_id") WHERE "annotations"."pass_id" is not null;--> statement-breakpoint
CREATE INDEX "annotations_hidden" ON "annotations" USING btree ("project_id","id") WHERE "annotations"."seen_by" is not null;--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_seen_by" CHECK ("annotations"."seen_by" is null or "annotations"."pass_id" is not null);--> statement-breakpoint
ALTER TABLE "annotations" ADD CONSTRAINT "annotations_counts_for" CHECK ("annotations"."coder_id" is null or "annotations"."pass_id" is not null);