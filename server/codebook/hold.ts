import type { Transaction } from '../../db/client';
import { lockCodebook, selectCodes, updateCodeRow } from '../../db/codebook';
import type { Deed } from '../../db/codings';
import type { Grant } from '../../lib/access/grant';
import type { Code } from '../../lib/codebook/code';
import { childrenOf, placeOf } from '../../lib/codebook/tree';
import { AppError } from '../../lib/errors';
import { notFound } from '../edit';

/** A codebook that nobody else changes, or codes with, to the end of the transaction. */
export type Held = { readonly tx: Transaction; readonly grant: Grant; codes: Code[] };

/** Holds the codebook of the Grant's project and reads it. */
export async function holdCodebook(tx: Transaction, grant: Grant): Promise<Held> {
  await lockCodebook(tx, grant, 'change');
  return { tx, grant, codes: await selectCodes(tx, grant) };
}

/** A code of the held codebook. @throws AppError not-found. */
export function mustHave({ codes }: Held, id: string): Code {
  const code = codes.find((one) => one.id === id);
  if (code === undefined) throw notFound('code');
  return code;
}

/** Refuses a name that another code has, letter case aside. @throws AppError conflict. */
export function mustBeNew({ codes }: Held, id: string, name: string): void {
  const twin = codes.find((code) => code.id !== id && code.name.toLowerCase() === name.toLowerCase());
  if (twin) throw new AppError('conflict', `There is a code “${twin.name}” already.`);
}

/** Where a code goes. @throws AppError invalid when it can't go there. */
export function mustFindPlace(held: Held, id: string, move: Parameters<typeof placeOf>[2]) {
  const place = placeOf(held.codes, id, move);
  if ('fault' in place) throw new AppError('invalid', place.fault);
  return place;
}

/** Takes in how a code is now. */
export function learn(held: Held, code: Code): Code {
  held.codes = held.codes.filter(({ id }) => id !== code.id);
  if (code.deleted === null) held.codes.push(code);
  return code;
}

type Children = Deed['children'];

/** Puts the codes under one somewhere else, in their order, and says how they stood, so that they can be given back. */
export async function moveChildren(
  held: Held,
  from: string,
  to: { parentId: string | null; after: string | null | undefined },
): Promise<{ codes: Code[]; children: Children }> {
  const codes: Code[] = [];
  const children: Children = [];
  let { after } = to;
  for (const { id, rank } of childrenOf(held.codes).get(from) ?? []) {
    const place = mustFindPlace(held, id, { parentId: to.parentId, after });
    codes.push(learn(held, await updateCodeRow(held.tx, held.grant, id, place)));
    children.push({ id, rank, to: to.parentId });
    if (after !== undefined) after = id;
  }
  return { codes, children };
}

/** Gives children back to a code: those that still stand where they were put, and above which the code does not stand now. */
export async function giveChildrenBack(held: Held, code: Code, children: Children): Promise<Code[]> {
  const back: Code[] = [];
  for (const child of children) {
    const now = held.codes.find(({ id }) => id === child.id);
    if (now === undefined || now.parentId !== child.to) continue;
    const place = placeOf(held.codes, child.id, { parentId: code.id });
    if ('fault' in place) continue;
    const rank = isFree(held, code.id, child.rank) ? child.rank : place.rank;
    const change = { parentId: code.id, rank };
    back.push(learn(held, await updateCodeRow(held.tx, held.grant, child.id, change)));
  }
  return back;
}

/** The place a code had before it was taken away, or the nearest there is: its parent may be gone, its rank taken. */
export function placeAgain(held: Held, code: Code): { parentId: string | null; rank: string } {
  const parentId = held.codes.some(({ id }) => id === code.parentId) ? code.parentId : null;
  if (parentId === code.parentId && isFree(held, parentId, code.rank)) return { parentId, rank: code.rank };
  return mustFindPlace(held, code.id, { parentId });
}

function isFree({ codes }: Held, parentId: string | null, rank: string): boolean {
  return !codes.some((code) => code.parentId === parentId && code.rank === rank);
}
