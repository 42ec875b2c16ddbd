-- Bringing a project in writes a thing several times: the mark, then its codes, then whom it is given to. Each wrote its row of the
-- search anew. While a transaction has the temporary table `search_waiting` (db/search/later.ts), what changes is noted there instead, and
-- written once by `gloss_search_settle`. What gloss_search_… did until now is gloss_index_….
DO $$
DECLARE
  noun text;
BEGIN
  FOREACH noun IN ARRAY ARRAY['sources', 'notes', 'annotations', 'comments', 'claims', 'follow_ups'] LOOP
    EXECUTE format('ALTER FUNCTION gloss_search_%1$s(uuid[]) RENAME TO gloss_index_%1$s', noun);
    EXECUTE format('CREATE FUNCTION gloss_search_%1$s(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $f$
      BEGIN
        IF cardinality(ids) = 0 THEN
          RETURN;
        ELSIF to_regclass(''pg_temp.search_waiting'') IS NULL THEN
          PERFORM gloss_index_%1$s(ids);
        ELSE
          INSERT INTO pg_temp.search_waiting (noun, id) SELECT %1$L, unnest(ids);
        END IF;
      END $f$', noun);
  END LOOP;
END $$;
--> statement-breakpoint
-- Writes what waits, some hundred things a statement: each statement learns its words at once.
CREATE FUNCTION gloss_search_settle() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT noun, array_agg(id ORDER BY id) AS ids
    FROM (SELECT noun, id, (row_number() OVER (PARTITION BY noun ORDER BY id) - 1) / 500 AS nth
      FROM (SELECT DISTINCT noun, id FROM pg_temp.search_waiting) once) parted
    GROUP BY noun, parted.nth ORDER BY noun, parted.nth
  LOOP
    EXECUTE format('SELECT gloss_index_%s($1)', part.noun) USING part.ids;
  END LOOP;
  DROP TABLE pg_temp.search_waiting;
END $$;
