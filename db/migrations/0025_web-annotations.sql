CREATE TABLE "annotation_iris" (
	"annotation_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"canonical" text,
	"via" text[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "annotation_iris" ADD CONSTRAINT "annotation_iris_project_id_annotation_id_annotations_project_id_id_fk" FOREIGN KEY ("project_id","annotation_id") REFERENCES "public"."annotations"("project_id","id") ON DELETE no action ON UPDATE no action;