-- Appends events to the log of a project under its lock, announces them, counts marks and tells whether whoever asked was erased:
-- in one call, for all of the project waits while the lock is held. A volatile function: each statement in it sees what was committed
-- while the lock was waited for.
CREATE FUNCTION gloss_append_events(project uuid, actor uuid, name text, ip text, happenings jsonb, asker uuid, grown integer,
  OUT ids bigint[], OUT gone boolean, OUT counted jsonb) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(project::text, 7460));
  WITH made AS (
    INSERT INTO events (project_id, type, subject_id, actor_id, actor_name, subject, at, ip)
    SELECT project, one->>'type', coalesce(one->'subject'->>'id', one->'subject'->>'userId')::uuid, actor, name, one->'subject',
      clock_timestamp(), ip
    FROM jsonb_array_elements(happenings) WITH ORDINALITY AS given (one, nth) ORDER BY nth
    RETURNING id)
  SELECT array_agg(made.id ORDER BY made.id) INTO ids FROM made;
  PERFORM pg_notify('gloss_event', project::text || ':' || id) FROM unnest(ids) AS id;
  SELECT u.erased IS NOT NULL INTO gone FROM users u WHERE u.id = asker;
  gone := coalesce(gone, false);
  IF grown <> 0 THEN
    UPDATE project_usage u SET annotations = u.annotations + grown WHERE u.project_id = project
    RETURNING jsonb_build_object('limits', u.limits, 'annotations', u.annotations) INTO counted;
  END IF;
END
$$;
