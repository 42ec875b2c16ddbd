import { readFileSync } from 'node:fs';
import { DRAWS, finish } from '../lib/agreement/bootstrap';
import { readTable } from '../lib/agreement/read-table';
import { reportOf } from '../lib/agreement/report';
import { AppError } from '../lib/errors';

/** What may be said on the command line, as it was typed. */
type Options = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly seed?: string | undefined;
  readonly resamples?: string | undefined;
};

/**
 * Every measure of agreement of a CSV file, as JSON text: for methodologists, and for checking us. Needs no database.
 * Throws AppError `not-found` for a file that can't be read, `invalid` for lines or numbers that make no sense.
 */
export function computeAgreement(path: string, { from, to, seed, resamples }: Options): string {
  const stretch = { from: numberOf('from', from, 0), to: to === undefined ? null : numberOf('to', to, 0) };
  const draws = {
    ...DRAWS,
    seed: numberOf('seed', seed, DRAWS.seed),
    resamples: numberOf('resamples', resamples, DRAWS.resamples),
  };
  return JSON.stringify(finish(reportOf(readTable(readText(path)), draws, stretch)), null, 2);
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is no UTF-8 text' : (cause as Error).message;
    throw new AppError('not-found', `The file ${path} can’t be read: ${why}. Save it as CSV in UTF-8.`, {
      cause,
    });
  }
}

function numberOf(name: string, typed: string | undefined, otherwise: number): number {
  if (typed === undefined) return otherwise;
  if (/^\d{1,8}$/.test(typed)) return Number(typed);
  throw new AppError('invalid', `--${name} must be a whole number, 0 or more: ${typed}`);
}
