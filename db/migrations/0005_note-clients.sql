CREATE TABLE "note_clients" (
	"project_id" uuid NOT NULL,
	"note_id" uuid NOT NULL,
	"client_id" bigint NOT NULL,
	"user_id" uuid,
	"announced" boolean NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "note_clients_note_id_client_id_pk" PRIMARY KEY("note_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "note_clients" ADD CONSTRAINT "note_clients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_clients" ADD CONSTRAINT "note_clients_project_id_note_id_notes_project_id_id_fk" FOREIGN KEY ("project_id","note_id") REFERENCES "public"."notes"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Whoever announced a client id keeps it; one that was only passed on goes to whoever announces it. The first to commit wins.
CREATE FUNCTION keep_note_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.user_id IS DISTINCT FROM NEW.user_id AND (OLD.announced OR NOT NEW.announced) THEN
    RAISE EXCEPTION 'client id % of note % belongs to another user', OLD.client_id, OLD.note_id USING ERRCODE = 'unique_violation';
  END IF;
  NEW.announced := OLD.announced OR NEW.announced;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER note_clients_keep BEFORE UPDATE ON note_clients FOR EACH ROW EXECUTE FUNCTION keep_note_client();
