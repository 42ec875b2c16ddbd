import { and, eq, isNull } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import { type PdfPlaces, pageStarts } from '../lib/sources/pdf-places';
import { fileOpenTo, type Reader, sourcesVisibleTo } from './access';
import type { Db, Transaction } from './client';
import { sourceFiles } from './schema/source-files';
import { sources } from './schema/sources';

/** A file and where the text that was read from it stands on its pages. */
export type SourceFile = {
  readonly contentType: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly places: PdfPlaces;
};

/** Stores the file of a version of a source, in the transaction that stores the version. */
export async function insertSourceFile(
  tx: Transaction,
  { projectId }: Grant,
  { sourceId, version }: { readonly sourceId: string; readonly version: number },
  file: SourceFile,
): Promise<void> {
  await tx.insert(sourceFiles).values({
    ...file,
    projectId,
    sourceId,
    version,
    size: file.bytes.byteLength,
    pageStarts: pageStarts(file.places),
  });
}

function where(grant: Reader, sourceId: string, version: number | undefined) {
  return and(
    sourcesVisibleTo(grant),
    fileOpenTo(grant),
    eq(sources.id, sourceId),
    isNull(sources.deleted),
    eq(sourceFiles.version, version ?? sources.version),
  );
}

/** The file of a version of a source (the current one when none is named), `null` where it was read from none that is kept, or it is protected from the reader. */
export async function selectSourceFile(
  db: Db,
  grant: Reader,
  sourceId: string,
  version?: number,
): Promise<{ version: number; contentType: string; hash: string; bytes: Uint8Array; title: string } | null> {
  const { contentType, hash, bytes } = sourceFiles;
  const [row] = await db
    .select({ version: sourceFiles.version, contentType, hash, bytes, title: sources.title })
    .from(sourceFiles)
    .innerJoin(sources, eq(sources.id, sourceFiles.sourceId))
    .where(where(grant, sourceId, version));
  return row ?? null;
}

/** Where a version of a source (the current one when none is named) stands on the pages of its file; `null` without one that the reader may open. */
export async function selectSourcePlaces(
  db: Db,
  grant: Reader,
  sourceId: string,
  version?: number,
): Promise<(PdfPlaces & { version: number }) | null> {
  const [row] = await db
    .select({ version: sourceFiles.version, places: sourceFiles.places })
    .from(sourceFiles)
    .innerJoin(sources, eq(sources.id, sourceFiles.sourceId))
    .where(where(grant, sourceId, version));
  return row === undefined ? null : { ...row.places, version: row.version };
}
