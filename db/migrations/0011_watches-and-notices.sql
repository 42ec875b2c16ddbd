CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source_id" uuid,
	"version" integer,
	"annotation_ids" uuid[] DEFAULT '{}' NOT NULL,
	"note_ids" uuid[] DEFAULT '{}' NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"seen" timestamp with time zone,
	CONSTRAINT "notices_once" UNIQUE("user_id","kind","source_id","version")
);
--> statement-breakpoint
CREATE TABLE "source_watches" (
	"source_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"every" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"next_check" timestamp with time zone,
	"last_checked" timestamp with time zone,
	"last_result" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"refusals" integer DEFAULT 0 NOT NULL,
	"stopped_because" text,
	"seen_hash" text,
	"last_read" timestamp with time zone,
	"etag" text,
	"last_modified" text,
	"read_from" text,
	"lease" uuid,
	"leased_until" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "source_texts" ADD COLUMN "trimmed_from" text;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_watches" ADD CONSTRAINT "source_watches_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_watches" ADD CONSTRAINT "source_watches_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "source_watches_due" ON "source_watches" USING btree ("next_check");