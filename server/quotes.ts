import { z } from 'zod';
import { database } from '../db/client';
import { selectCodes } from '../db/codebook';
import { type QuotePlace, selectQuotes } from '../db/quotes';
import { selectSources } from '../db/sources';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { QUOTES_HEAD, quoteLine } from '../lib/quotes/csv';
import type { QuoteFilter, QuoteRow } from '../lib/quotes/quote-row';
import { recordDeed } from './audit/record';
import { spend } from './limits';

const Place = z.discriminatedUnion('sort', [
  z.object({ sort: z.enum(['newest', 'oldest']), key: z.tuple([z.uuid()]) }),
  z.object({ sort: z.literal('source'), key: z.tuple([z.uuid(), z.int(), z.uuid()]) }),
  z.object({
    sort: z.literal('speaker'),
    key: z.tuple([z.string().max(400), z.uuid().nullable(), z.uuid()]),
  }),
]);

const writePlace = (place: QuotePlace) => Buffer.from(JSON.stringify(place)).toString('base64url');

function readPlace(cursor: string, sort: QuoteFilter['sort']): QuotePlace {
  try {
    const place = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (place.sort === sort) return place;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
  }
  throw new AppError('invalid', 'This cursor is of another list. Ask for the first page again.');
}

/**
 * A page of the quotes of a project that fit, in the order that is asked for.
 * @throws AppError invalid for a cursor that is none, or of another order.
 */
export async function listQuotes(
  grant: Grant,
  { limit, cursor, ...filter }: QuoteFilter & { limit: number; cursor?: string },
): Promise<{ items: QuoteRow[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readPlace(cursor, filter.sort);
  const found = await selectQuotes(database(), grant, filter, { limit: limit + 1, after });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ row }) => row),
    nextCursor: found.length > limit && last ? writePlace(last.place) : null,
  };
}

/** Quotes that are read at once for a file. */
const AT_ONCE = 500;

/**
 * All quotes that fit as lines of a table (CSV), a piece at a time; protected speakers are in it by their pseudonyms.
 * @throws AppError rate-limited, before the first piece, for whoever took too many exports this hour.
 */
export async function exportQuotes(grant: Grant, filter: QuoteFilter): Promise<AsyncGenerator<string>> {
  await spend('export', grant.actor.userId);
  return quoteLines(grant, filter);
}

async function* quoteLines(grant: Grant, filter: QuoteFilter): AsyncGenerator<string> {
  await recordDeed(grant, 'export.quotes');
  const [sources, codes] = [
    await selectSources(database(), grant, { limit: 10_000 }),
    await selectCodes(database(), grant),
  ];
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const codeNames = new Map(codes.map(({ id, name }) => [id, name]));
  const names = {
    source: (id: string) => titles.get(id) ?? 'A source that was removed',
    code: (id: string) => codeNames.get(id) ?? 'A code that was removed',
  };
  yield QUOTES_HEAD;
  let after: QuotePlace | null = null;
  for (;;) {
    const found = await selectQuotes(database(), grant, filter, { limit: AT_ONCE, after });
    if (found.length > 0) yield found.map(({ row }) => quoteLine(row, names)).join('');
    if (found.length < AT_ONCE) return;
    after = found.at(-1)?.place ?? null;
  }
}
