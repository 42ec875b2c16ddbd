import { database } from '../../db/client';
import { selectProtection } from '../../db/source-protections';
import { selectSource } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { recordDeed } from '../audit/record';

/** Keeps in the audit that somebody who may read a source under embargo, or its protected passages, did; nothing where nothing is kept from others. */
export async function recordReading(grant: Grant, sourceId: string): Promise<void> {
  const protection = await selectProtection(database(), grant, sourceId);
  const isKept = protection?.embargoUntil || (protection?.passages && protection.isNamed);
  if (isKept) await recordDeed(grant, 'source.read', { subjectId: sourceId });
}

/**
 * Keeps in the audit that somebody asked for a protected file, and whether they got it; nothing where it is not protected.
 * @throws AppError forbidden to whoever is not named: that the file is there is no secret, for the text may be read.
 */
export async function mayOpenFile(grant: Grant, sourceId: string, how: 'download' | 'export'): Promise<void> {
  const protection = await selectProtection(database(), grant, sourceId);
  if (!protection?.file) return;
  await recordDeed(grant, 'source.file-read', { subjectId: sourceId, shown: protection.isNamed, how });
  if (!protection.isNamed) throw closedFile();
}

/** Refuses the file of a source that is protected from the Grant's holder; that is written down when they ask for the file itself. */
export async function mustBeOpen(grant: Grant, sourceId: string): Promise<void> {
  if ((await selectSource(database(), grant, sourceId)) === null) return;
  const protection = await selectProtection(database(), grant, sourceId);
  if (protection?.file && !protection.isNamed) throw closedFile();
}

const closedFile = () =>
  new AppError(
    'forbidden',
    'The file of this source is protected: only people who are named may open it. Its text can be read.',
  );
