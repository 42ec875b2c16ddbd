ALTER TABLE "audit_entries" ADD COLUMN "salt" text;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "personal" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased" timestamp with time zone;
--> statement-breakpoint
-- The person who is being erased in this transaction; null where none is, or they are still who they were.
CREATE FUNCTION gloss_erasing() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT id FROM users WHERE id = nullif(current_setting('gloss.erasing', true), '')::uuid AND erased IS NOT NULL
$$;
--> statement-breakpoint
-- What is written once changes in one way alone: while a person is erased, columns that say who they are (the trigger's arguments)
-- may lose that. All others stay as they were.
CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF gloss_erasing() IS NULL OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER events_append_only BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER events_unchanged BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure('actor_name', 'subject', 'ip');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER account_events_append_only BEFORE DELETE OR TRUNCATE ON account_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER account_events_unchanged BEFORE UPDATE ON account_events FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure('ip', 'details');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER frozen_queries_append_only BEFORE TRUNCATE ON frozen_queries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER frozen_queries_unchanged BEFORE UPDATE ON frozen_queries FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure('items');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER frozen_analyses_append_only BEFORE TRUNCATE ON frozen_analyses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER frozen_analyses_unchanged BEFORE UPDATE ON frozen_analyses FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure('table');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER audit_entries_append_only BEFORE DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure('actor_name', 'ip', 'details', 'salt');
