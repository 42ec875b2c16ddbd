ALTER TABLE "projects" ADD COLUMN "ending" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "archived" timestamp with time zone;
--> statement-breakpoint
-- What is written once is removed with its whole project alone, once that project's end has begun; changed it never is.
CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM projects WHERE id = OLD.project_id AND ending IS NOT NULL) THEN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER events_stay BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_removal();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER frozen_queries_append_only BEFORE UPDATE OR TRUNCATE ON frozen_queries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER frozen_queries_stay BEFORE DELETE ON frozen_queries FOR EACH ROW EXECUTE FUNCTION refuse_removal();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER frozen_analyses_append_only BEFORE UPDATE OR TRUNCATE ON frozen_analyses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER frozen_analyses_stay BEFORE DELETE ON frozen_analyses FOR EACH ROW EXECUTE FUNCTION refuse_removal();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER code_versions_immutable BEFORE UPDATE OR TRUNCATE ON code_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER code_versions_stay BEFORE DELETE ON code_versions FOR EACH ROW EXECUTE FUNCTION refuse_removal();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_older_targets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM projects WHERE id = OLD.project_id AND ending IS NOT NULL) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'only the newest target of an annotation can change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT FROM annotation_targets WHERE annotation_id = OLD.annotation_id AND version > OLD.version) THEN
    RAISE EXCEPTION 'only the newest target of an annotation can change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
