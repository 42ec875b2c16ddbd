import { database } from '../../db/client';
import { selectSourceFile, selectSourcePlaces } from '../../db/source-files';
import { selectSource } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { PdfPlaces } from '../../lib/sources/pdf-places';
import { mayOpenFile, mustBeOpen } from './looks';

const noFile = () =>
  new AppError('not-found', 'There is no such source here, or no file is kept of this version of it.');

/** The file as it came; `name` is fit for a header (RFC 8187). */
export type KeptFile = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly hash: string;
  readonly name: string;
};

/**
 * The PDF that a version of a source (the current one when none is named) was read from.
 * @throws AppError not-found where none is kept, forbidden where it is protected from the Grant's holder.
 */
export async function getSourceFile(grant: Grant, sourceId: string, version?: number): Promise<KeptFile> {
  if ((await selectSource(database(), grant, sourceId)) === null) throw noFile();
  await mayOpenFile(grant, sourceId, 'download');
  const file = await selectSourceFile(database(), grant, sourceId, version);
  if (file === null) throw noFile();
  const { bytes, contentType, hash, title } = file;
  const plain = title
    .toWellFormed()
    .replace(/[\p{Cc}/\\]+/gu, ' ')
    .trim()
    .slice(0, 120)
    .toWellFormed();
  const name = encodeURIComponent(`${plain}.pdf`).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return { bytes: Uint8Array.from(bytes), contentType, hash, name };
}

/**
 * Where a version of a source (the current one when none is named) stands on the pages of its PDF.
 * @throws AppError not-found where none is kept, forbidden where it is protected from the Grant's holder.
 */
export async function getSourcePlaces(
  grant: Grant,
  sourceId: string,
  version?: number,
): Promise<PdfPlaces & { version: number }> {
  const places = await selectSourcePlaces(database(), grant, sourceId, version);
  if (places === null) {
    await mustBeOpen(grant, sourceId);
    throw noFile();
  }
  return places;
}
