import { isClosedTo } from '../../db/access/kept';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { Span } from '../../lib/anchoring/describe';
import { AppError } from '../../lib/errors';

/** Refuses to put something on a passage that is protected from the Grant's holder. @throws AppError forbidden. */
export async function mustBeReadable(
  tx: Transaction,
  grant: Grant,
  { sourceId, version, start, end }: Span & { readonly sourceId: string; readonly version: number },
): Promise<void> {
  if (await isClosedTo(tx, grant, { sourceId, version, start, end }))
    throw new AppError(
      'forbidden',
      'A protected passage is in there, which only owners and the people named may read. Choose a passage without it.',
    );
}
