CREATE TABLE "source_files" (
	"project_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content_type" text NOT NULL,
	"hash" text NOT NULL,
	"size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"places" jsonb NOT NULL,
	"page_starts" integer[] NOT NULL,
	CONSTRAINT "source_files_source_id_version_pk" PRIMARY KEY("source_id","version")
);
--> statement-breakpoint
ALTER TABLE "source_files" ADD CONSTRAINT "source_files_source_id_version_source_texts_source_id_version_fk" FOREIGN KEY ("source_id","version") REFERENCES "public"."source_texts"("source_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_files" ADD CONSTRAINT "source_files_project_id_source_id_sources_project_id_id_fk" FOREIGN KEY ("project_id","source_id") REFERENCES "public"."sources"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_files" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;--> statement-breakpoint
CREATE TRIGGER source_files_immutable BEFORE UPDATE ON source_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
