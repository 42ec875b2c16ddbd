import { database } from '../../db/client';
import { insertCode } from '../../db/codebook';
import type { Grant } from '../../lib/access/grant';
import type { Code, CodeImport } from '../../lib/codebook/code';
import { CODE_COLOURS } from '../../lib/codebook/colours';
import { placeOf } from '../../lib/codebook/tree';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { publishAll } from '../events/publish';
import { holdCodebook, learn } from './hold';

/**
 * Brings a list of codes in, all or nothing. A name that is in the codebook, letter case aside, is that code: it stays as
 * it is, and what stands under it in the list comes under it.
 * @throws AppError invalid when a parent is neither in the list above its child nor in the codebook.
 */
export async function importCodes(
  grant: Grant,
  input: CodeImport,
): Promise<{ items: Code[]; reused: number }> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const items: Code[] = [];
    let reused = 0;
    const find = (name: string) => held.codes.find((code) => code.name.toLowerCase() === name.toLowerCase());
    for (const [at, entry] of input.codes.entries()) {
      if (find(entry.name) !== undefined) {
        reused += 1;
        continue;
      }
      const wrong = (why: string) =>
        new AppError('invalid', `Code ${at + 1}, “${entry.name}”: ${why}`, { details: { code: at } });
      const parent = entry.parent === null ? null : find(entry.parent);
      if (parent === undefined) throw wrong(`its parent “${entry.parent}” is not above it in the list.`);
      const id = newId();
      const place = placeOf(held.codes, id, { parentId: parent?.id ?? null });
      if ('fault' in place) throw wrong(place.fault);
      const colour = entry.colour ?? CODE_COLOURS[held.codes.length % CODE_COLOURS.length] ?? 'amber';
      const { name, definition } = entry;
      const said = { id, name, colour, definition, whenToUse: '', whenNot: '', splitFrom: null, ...place };
      const made = await insertCode(tx, grant, said);
      if (made !== null) items.push(learn(held, made));
    }
    await publishAll(
      tx,
      grant,
      items.map((subject) => ({ type: 'code.created' as const, subject })),
    );
    return { items, reused };
  });
}
