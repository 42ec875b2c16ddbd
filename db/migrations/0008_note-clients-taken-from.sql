ALTER TABLE "note_clients" ADD COLUMN "taken_from" uuid;--> statement-breakpoint
ALTER TABLE "note_clients" ADD CONSTRAINT "note_clients_taken_from_users_id_fk" FOREIGN KEY ("taken_from") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Whoever announced a client id keeps it. One that was only passed on goes to whoever has more of it, if they know from whom they take it. The first to commit wins.
CREATE OR REPLACE FUNCTION keep_note_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.user_id IS DISTINCT FROM NEW.user_id
    AND (OLD.announced OR OLD.user_id IS NULL OR NEW.taken_from IS DISTINCT FROM OLD.user_id) THEN
    RAISE EXCEPTION 'client id % of note % belongs to another user', OLD.client_id, OLD.note_id USING ERRCODE = 'unique_violation';
  END IF;
  NEW.announced := OLD.announced OR NEW.announced;
  RETURN NEW;
END $$;
