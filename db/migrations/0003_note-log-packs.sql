ALTER TABLE "note_updates" ADD COLUMN "entries" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "note_updates" ADD COLUMN "user_ids" uuid[];