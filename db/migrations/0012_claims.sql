CREATE TABLE "claim_statuses" (
	"project_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"colour" text NOT NULL,
	"order" integer NOT NULL,
	"is_open" boolean NOT NULL,
	CONSTRAINT "claim_statuses_project_id_key_pk" PRIMARY KEY("project_id","key")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"wording" text NOT NULL,
	"status" text NOT NULL,
	"confidence" text,
	"owner_id" uuid,
	"due" date,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"modified" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted" timestamp with time zone,
	"signed_off_by" uuid,
	"signed_off_at" timestamp with time zone,
	"signed_off_revision" integer,
	"reopened_at" timestamp with time zone,
	"reopened_source_id" uuid,
	"reopened_version" integer,
	CONSTRAINT "claims_project_id" UNIQUE("project_id","id"),
	CONSTRAINT "claims_signed_off" CHECK (("claims"."signed_off_by" is null) = ("claims"."signed_off_at" is null) and ("claims"."signed_off_by" is null) = ("claims"."signed_off_revision" is null)),
	CONSTRAINT "claims_reopened" CHECK (("claims"."reopened_at" is null) = ("claims"."reopened_source_id" is null) and ("claims"."reopened_at" is null) = ("claims"."reopened_version" is null))
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"claim_id" uuid NOT NULL,
	"annotation_id" uuid NOT NULL,
	"stance" text NOT NULL,
	"reliability" text,
	"credibility" integer,
	"note" text,
	"creator_id" uuid NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "evidence_once" UNIQUE("claim_id","annotation_id")
);
--> statement-breakpoint
CREATE TABLE "source_origins" (
	"project_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"origin_id" uuid NOT NULL,
	CONSTRAINT "source_origins_source_id_origin_id_pk" PRIMARY KEY("source_id","origin_id"),
	CONSTRAINT "source_origins_another" CHECK ("source_origins"."source_id" <> "source_origins"."origin_id")
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "claim_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_statuses" ADD CONSTRAINT "claim_statuses_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_signed_off_by_users_id_fk" FOREIGN KEY ("signed_off_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_project_id_reopened_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","reopened_source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_project_id_claim_id_claims_project_id_id_fk" FOREIGN KEY ("project_id","claim_id") REFERENCES "public"."claims"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_project_id_annotation_id_annotations_project_id_id_fk" FOREIGN KEY ("project_id","annotation_id") REFERENCES "public"."annotations"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_origins" ADD CONSTRAINT "source_origins_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_origins" ADD CONSTRAINT "source_origins_project_id_origin_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","origin_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_annotation" ON "evidence" USING btree ("annotation_id");