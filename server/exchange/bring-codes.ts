import { insertCode, updateCodeRow } from '../../db/codebook';
import { CODE_COLOURS } from '../../lib/codebook/colours';
import { placeOf } from '../../lib/codebook/tree';
import { nearestColour } from '../../lib/exchange/colours';
import type { IncomingCode } from '../../lib/exchange/incoming';
import { learn } from '../codebook/hold';
import { type Coming, count, cut } from './coming';
import { importId } from './import-id';
import { tell } from './settle-up';

/** Brings a code in, unless one is called so. */
export async function bringCode(coming: Coming, code: IncomingCode): Promise<void> {
  const { grant, tx, codes, losses, held } = coming;
  const name = cut(code.name.trim(), 120);
  const id = importId(grant.projectId, 'code', code.key.startsWith('#') ? code.key.toLowerCase() : code.key);
  const known = held.codes.find(
    (one) => one.id === code.key || one.id === id || one.name.toLowerCase() === name.toLowerCase(),
  );
  if (known) {
    codes.set(code.key, known.id);
    return count(coming, 'Codes', code.key, false);
  }
  const parentId = code.parent === null ? null : (codes.get(code.parent) ?? null);
  const place = placeOf(held.codes, id, { parentId });
  const at = 'fault' in place ? placeOf(held.codes, id, { parentId: null }) : place;
  if ('fault' in at) return losses.add('Codes', at.fault, name);
  const colour =
    nearestColour(code.colour ?? '') ?? CODE_COLOURS[held.codes.length % CODE_COLOURS.length] ?? 'amber';
  const words = (said: string) => {
    if (said.length > 4_000)
      losses.add('The ends of long definitions', 'A definition takes 4,000 characters.', name);
    return cut(said, 4_000);
  };
  const said = {
    definition: words(code.definition),
    whenToUse: words(code.whenToUse),
    whenNot: words(code.whenNot),
  };
  const made = await insertCode(tx, grant, { id, name, colour, ...said, splitFrom: null, ...at });
  if (made === null)
    return losses.add('Codes that were removed here', 'Restore them in the codebook first.', name);
  await tell(coming, { type: 'code.created', subject: learn(held, made) });
  codes.set(code.key, id);
  count(coming, 'Codes', code.key, true);
}

/** Gives a new code its examples and the note about it, once these are here. */
export async function finishCode(coming: Coming, code: IncomingCode): Promise<void> {
  const { tx, grant, held, codes, marks, notes, added } = coming;
  const id = codes.get(code.key);
  const exampleIds = (code.examples ?? []).flatMap((key) => marks.get(key) ?? []).slice(0, 20);
  const memoNoteId = notes.get(code.memo ?? '') ?? null;
  if (id === undefined || !added.has(code.key) || (exampleIds.length === 0 && memoNoteId === null)) return;
  const subject = learn(held, await updateCodeRow(tx, grant, id, { exampleIds, memoNoteId }));
  await tell(coming, { type: 'code.updated', subject });
}
