import { selectAnnotationsToTell } from '../../db/annotations';
import { batchesOf } from '../../lib/annotations/tell-in-batches';
import type { Happening } from '../../lib/events/event';
import { publishAll } from '../events/publish';
import type { Held } from './hold';

type Deed = Extract<
  Happening,
  { type: 'code.merged' | 'code.unmerged' | 'code.split' | 'code.unsplit' | 'code.restored' }
>;

/** Tells what was done to the codes in one event, and after it of the marks that it changed, as they are now. */
export async function tellOfDeed({ tx, grant }: Held, deed: Deed, changed: readonly string[]): Promise<void> {
  const annotations = await selectAnnotationsToTell(tx, grant, changed);
  const { id } = deed.subject;
  await publishAll(tx, grant, [
    deed,
    ...[...batchesOf(annotations)].map((batch) => ({
      type: 'code.recoded' as const,
      subject: { id, annotations: batch },
    })),
  ]);
}
