import { createHash } from 'node:crypto';
import type { Transaction } from '../../db/client';
import { insertSourceFile } from '../../db/source-files';
import type { Grant } from '../../lib/access/grant';
import type { Read } from './read-given';

/** Stores the PDF that a version of a source was read from, where it was read from one. */
export async function keepFile(
  tx: Transaction,
  grant: Grant,
  at: { readonly sourceId: string; readonly version: number },
  { pdf, places }: Pick<Read, 'pdf' | 'places'>,
): Promise<void> {
  if (pdf === undefined || places === undefined) return;
  const hash = createHash('sha256').update(pdf).digest('hex');
  await insertSourceFile(tx, grant, at, { contentType: 'application/pdf', hash, bytes: pdf, places });
}
