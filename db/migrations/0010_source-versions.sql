CREATE TABLE "annotation_targets" (
	"project_id" uuid NOT NULL,
	"annotation_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"start" integer,
	"end" integer,
	"exact" text,
	"prefix" text,
	"suffix" text,
	"outcome" text NOT NULL,
	"score" real NOT NULL,
	"reason" text NOT NULL,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text NOT NULL,
	"was" text,
	"changed_in" integer,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "annotation_targets_annotation_id_version_pk" PRIMARY KEY("annotation_id","version"),
	CONSTRAINT "annotation_targets_place" CHECK (("annotation_targets"."start" is null) = ("annotation_targets"."end" is null) and ("annotation_targets"."start" is null) = ("annotation_targets"."exact" is null) and ("annotation_targets"."start" is null or "annotation_targets"."end" > "annotation_targets"."start"))
);
--> statement-breakpoint
ALTER TABLE "source_texts" ADD COLUMN "created_by" uuid;--> statement-breakpoint
-- Who brought the source in made its only text; the trigger that refuses every change is off for this one.
ALTER TABLE "source_texts" DISABLE TRIGGER "source_texts_immutable";--> statement-breakpoint
UPDATE "source_texts" SET "created_by" = "sources"."created_by" FROM "sources" WHERE "sources"."id" = "source_texts"."source_id";--> statement-breakpoint
ALTER TABLE "source_texts" ENABLE TRIGGER "source_texts_immutable";--> statement-breakpoint
ALTER TABLE "source_texts" ALTER COLUMN "created_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "source_texts" ADD COLUMN "how" text;--> statement-breakpoint
ALTER TABLE "source_texts" ADD COLUMN "final_url" text;--> statement-breakpoint
ALTER TABLE "source_texts" ADD COLUMN "response_headers" jsonb;--> statement-breakpoint
ALTER TABLE "annotation_targets" ADD CONSTRAINT "annotation_targets_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_targets" ADD CONSTRAINT "annotation_targets_project_id_annotation_id_annotations_project_id_id_fk" FOREIGN KEY ("project_id","annotation_id") REFERENCES "public"."annotations"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_targets" ADD CONSTRAINT "annotation_targets_source_id_version_source_texts_source_id_version_fk" FOREIGN KEY ("source_id","version") REFERENCES "public"."source_texts"("source_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotation_targets_source" ON "annotation_targets" USING btree ("source_id","version","state");--> statement-breakpoint
ALTER TABLE "source_texts" ADD CONSTRAINT "source_texts_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Marks of before this were made in the one version their source had.
INSERT INTO "annotation_targets" ("project_id", "annotation_id", "source_id", "version", "start", "end", "exact", "prefix", "suffix", "outcome", "score", "reason", "state")
SELECT "project_id", "id", "source_id", "version", "start", "end", "exact", "prefix", "suffix", 'made', 1, 'made', 'settled' FROM "annotations";
--> statement-breakpoint
-- Where a mark stood in an older version is history: only its newest target can change, and none is ever removed.
CREATE FUNCTION keep_older_targets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR EXISTS (SELECT FROM annotation_targets WHERE annotation_id = OLD.annotation_id AND version > OLD.version) THEN
    RAISE EXCEPTION 'only the newest target of an annotation can change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER annotation_targets_history BEFORE UPDATE OR DELETE ON annotation_targets FOR EACH ROW EXECUTE FUNCTION keep_older_targets();
