import { database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import type { Grant } from '../../lib/access/grant';
import { spanOf } from '../../lib/agreement/agreement-of';
import type { AgreementFilter } from '../../lib/agreement/answer';
import type { Coding } from '../../lib/agreement/ratings';
import { ratingsOf } from '../../lib/agreement/ratings-of';
import { printRatings, printSpans } from '../../lib/agreement/write-table';
import { AppError } from '../../lib/errors';
import { recordDeed } from '../audit/record';
import { passToCompare, readCompared, whyHidden } from './compared';

/**
 * What the measures of a pass were computed from, as a table that R and `gloss agreement` read: coders and codes by name
 * (with a part of the id where two have the same). @throws AppError not-found, invalid; forbidden while the pass hides others' work.
 */
export async function printInputs(
  grant: Grant,
  passId: string,
  { form, ...filter }: AgreementFilter & { form: 'values' | 'spans' },
): Promise<string> {
  const pass = await passToCompare(grant, passId, filter);
  const hidden = whyHidden(grant, pass);
  if (hidden !== null) throw new AppError('forbidden', hidden);
  await recordDeed(grant, 'export.agreement-inputs', { subjectId: passId });
  const { scope, coders, codings } = await readCompared(grant, pass, filter);
  const coder = namesOf(coders);
  const code = namesOf(await selectCodes(database(), grant));
  const named = (one: Coding): Coding => ({ ...one, coder: coder(one.coder), code: code(one.code) });
  const spans = codings.map((one) => named(spanOf(one)));
  if (form === 'spans') return printSpans(spans);
  return printRatings(
    ratingsOf(
      {
        ...scope,
        ...(scope.code !== undefined && { code: code(scope.code) }),
        coders: scope.coders.map(coder),
        sources: scope.sources.map((source) => ({ ...source, coders: source.coders?.map(coder) ?? [] })),
      },
      spans,
    ),
  );
}

/** Names that are all different. */
function namesOf(things: readonly { id: string; name: string }[]): (id: string) => string {
  const often = Map.groupBy(things, ({ name }) => name);
  const names = new Map(
    things.map(({ id, name }) => [
      id,
      (often.get(name)?.length ?? 0) > 1 ? `${name} (${id.slice(-6)})` : name,
    ]),
  );
  return (id) => names.get(id) ?? id;
}
