-- A snapshot is read in parts, which Postgres must not have to decompress from its start for each.
ALTER TABLE "note_snapshots" ALTER COLUMN "state" SET STORAGE EXTERNAL;
