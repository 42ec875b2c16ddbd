ALTER TABLE "gold_codings" ADD COLUMN "version" integer;--> statement-breakpoint
UPDATE "gold_codings" g SET "version" = d."version" FROM "decisions" d WHERE d."id" = g."decision_id";--> statement-breakpoint
ALTER TABLE "gold_codings" ALTER COLUMN "version" SET NOT NULL;
