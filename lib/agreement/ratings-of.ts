import type { Extent } from './merge-spans';
import type { Coding, Continuum, Ratings, Row } from './ratings';
import { NOTHING } from './ratings';
import { type CodedSource, jointValue, type Scope, unitName, wereToCode } from './scope';
import { firstEndingAfter, passagesOf, runsOf, sectionsOf } from './sections';

/** What coders made of the units of a scope, from their codings: a unit is coded when a mark touches it. */
export function ratingsOf(scope: Scope, codings: readonly Coding[]): Ratings {
  const bySource = Map.groupBy(
    codings.filter(
      ({ code, start, end }) => end > start && (scope.code === undefined || code === scope.code),
    ),
    ({ source }) => source,
  );
  return {
    coders: scope.coders,
    rows: scope.sources.flatMap((source) => rowsOf(scope, source, bySource.get(source.id) ?? [])),
  };
}

function rowsOf(scope: Scope, source: CodedSource, given: readonly Coding[]): Row[] {
  const places = new Map(scope.coders.map((coder, at) => [coder, at]));
  const judges = wereToCode(scope, source);
  const codings = given.filter(({ coder }) => judges[places.get(coder) ?? -1]);
  const units = unitsOf(scope, source, codings);
  // A set only where there is more than one code: most cells hold one.
  const codes = units.map(() => [] as (string | Set<string> | undefined)[]);
  const exact = new Map(
    scope.unit === 'passage' ? units.map((unit, at) => [`${unit.start}-${unit.end}`, at]) : [],
  );
  for (const { coder, code, start, end } of codings) {
    const place = places.get(coder) as number;
    const give = (at: number) => {
      const cells = codes[at] as (string | Set<string> | undefined)[];
      const own = cells[place];
      if (own === undefined) cells[place] = code;
      else if (typeof own === 'object') own.add(code);
      else if (own !== code) cells[place] = new Set([own, code]);
    };
    if (scope.unit === 'passage') give(exact.get(`${start}-${end}`) as number);
    else
      for (
        let at = firstEndingAfter(units, start);
        at < units.length && (units[at] as Extent).start < end;
        at += 1
      )
        give(at);
  }
  return units.map(({ start, end }, at) => ({
    unit: unitName(source.id, start, end),
    values: judges.map((judged, place) => {
      if (!judged) return null;
      const own = codes[at]?.[place];
      if (own === undefined) return NOTHING;
      return jointValue(typeof own === 'string' ? [own] : own);
    }),
    ...(scope.unit === 'character' && { weight: end - start }),
  }));
}

function unitsOf(
  scope: Scope,
  { text, sections }: CodedSource,
  codings: readonly Coding[],
): readonly Extent[] {
  if (scope.unit === 'passage') return passagesOf(codings);
  if (scope.unit === 'character')
    return text.length === 0 ? [] : runsOf({ start: 0, end: text.length }, codings);
  return sections ?? sectionsOf(scope.unit, text);
}

/** The same codings as spans on whole sources: what the measures of spans take. */
export function continuaOf(scope: Omit<Scope, 'unit'>, codings: readonly Coding[]): Continuum[] {
  const bySource = Map.groupBy(codings, ({ source }) => source);
  return scope.sources.map(({ id, text, coders: own }) => {
    const coders = scope.coders.filter((coder) => own === undefined || own.includes(coder));
    return {
      ...{ source: id, start: 0, end: text.length, coders },
      codings: (bySource.get(id) ?? []).filter(
        ({ coder, code, start, end }) =>
          coders.includes(coder) && end > start && (scope.code === undefined || code === scope.code),
      ),
    };
  });
}
