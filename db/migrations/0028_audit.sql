CREATE TABLE "audit_chains" (
	"chain" uuid PRIMARY KEY NOT NULL,
	"nr" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"chain" uuid NOT NULL,
	"nr" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"act" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"ip" text,
	"subject_id" uuid,
	"details" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_chain_nr_pk" PRIMARY KEY("chain","nr")
);
--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("chain","actor_id","nr");--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Where a chain ends only ever moves on.
CREATE FUNCTION audit_chain_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.chain <> OLD.chain OR NEW.nr <= OLD.nr THEN
    RAISE EXCEPTION 'a chain of the audit only goes on' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_chains_go_on BEFORE UPDATE ON audit_chains FOR EACH ROW EXECUTE FUNCTION audit_chain_goes_on();
--> statement-breakpoint
CREATE TRIGGER audit_chains_stay BEFORE DELETE OR TRUNCATE ON audit_chains FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
