CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"key" text NOT NULL,
	"source_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"codings" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"thread_id" uuid,
	"by_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"undone" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gold_codings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"code_id" uuid NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"exact" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"decision_id" uuid NOT NULL,
	"text" text NOT NULL,
	"by_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"settled" timestamp with time zone,
	"settled_by" uuid
);
--> statement-breakpoint
CREATE TABLE "pass_agreements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"moment" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided" integer NOT NULL,
	"of" integer NOT NULL,
	"figures" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "decision_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_source" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_codings" ADD CONSTRAINT "gold_codings_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_codings" ADD CONSTRAINT "gold_codings_code" FOREIGN KEY ("project_id","code_id") REFERENCES "public"."codes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_agreements" ADD CONSTRAINT "pass_agreements_pass" FOREIGN KEY ("project_id","pass_id") REFERENCES "public"."passes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_once" ON "decisions" USING btree ("pass_id","key") WHERE "decisions"."undone" is null;--> statement-breakpoint
CREATE INDEX "gold_codings_decision" ON "gold_codings" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "objections_decision" ON "objections" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "pass_agreements_pass_at" ON "pass_agreements" USING btree ("pass_id","at");--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;