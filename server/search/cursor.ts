import { z } from 'zod';
import type { Span } from '../../db/search/select';
import { AppError } from '../../lib/errors';
import { Id } from '../../lib/ids';

/** Where a page of a search begins, and what the first page found out. */
export type Cursor = {
  /** Whether misspelt words were forgiven. */
  readonly forgiving: boolean;
  readonly total: number | null;
  readonly span: Span;
  /** Whether there is more beyond the span. */
  readonly more: boolean;
};

/** A time as Postgres writes it in UTC, and an id. */
const Moment = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/), Id]);

const Written = z.tuple([
  z.boolean(),
  z.int().min(0).max(1_000).nullable(),
  z.boolean(),
  Moment.nullable(),
  Moment.nullable(),
  Moment.nullable(),
  z.tuple([z.boolean(), z.number(), Moment]).nullable(),
]);

/** A cursor as it stands in an address. */
export function writeCursor({ forgiving, total, span, more }: Cursor): string {
  const { from, below, to, after } = span;
  const last = after === null ? null : ([after.fuzzy, after.rank, after.moment] as const);
  return Buffer.from(JSON.stringify([forgiving, total, more, from, below, to, last])).toString('base64url');
}

/** Reads what `writeCursor` wrote. @throws AppError invalid for anything else. */
export function readCursor(text: string): Cursor {
  try {
    const [forgiving, total, more, from, below, to, last] = Written.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    );
    const after = last === null ? null : { fuzzy: last[0], rank: last[1], moment: last[2] };
    return { forgiving, total, more, span: { from, below, to, after } };
  } catch (cause) {
    throw new AppError('invalid', 'cursor: give back the nextCursor of the last page as it was, or none.', {
      cause,
    });
  }
}
