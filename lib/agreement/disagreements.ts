import { type Extent, mergeSpans } from './merge-spans';

/** What there is to say of coders at a place, from nothing to decide to all. */
export const DISAGREEMENT_KINDS = {
  same: 'Everybody marked it with the same code, letter by letter',
  boundary: 'Everybody used this code here, with other begins or ends',
  code: 'Coders used different codes here',
  'only-one': 'Not everybody marked this',
} as const;
export type DisagreementKind = keyof typeof DISAGREEMENT_KINDS;

/** One code of one coder's mark: UTF-16 units of the source's text, the end exclusive. */
export type PlacedCoding = Extent & {
  readonly annotationId: string;
  readonly coderId: string;
  readonly sourceId: string;
  readonly codeId: string;
};

/** A place where coders met or differ, with all codings that belong to it. */
export type Disagreement = Extent & {
  readonly kind: DisagreementKind;
  readonly sourceId: string;
  /** In the order they stand in the text. */
  readonly codings: readonly Omit<PlacedCoding, 'sourceId'>[];
  /**
   * Characters at which two coders drawn by lot differ, summed over codes; 0 where they are the same. Over the length of the
   * source, all costs of one code are the observed disagreement of alpha over its characters: each takes
   * cost / length / expected disagreement from that alpha.
   */
  readonly cost: number;
};

/** Who was to code a source. */
export type CodersOf = (sourceId: string) => readonly string[];

/** The codings of one code that overlap, whoever made them. */
type Group = { readonly start: number; readonly end: number; readonly codings: readonly PlacedCoding[] };

/**
 * The places where coders met or differ, source by source in the order they stand there; each coding is in exactly one.
 * Codings of one code that overlap belong together. Where every coder has one, that is `same` or `boundary`. Those that some
 * coder lacks belong together where they overlap: `code` when two coders each used what the other did not, else `only-one`.
 * Where nobody says who was to code a source, it is everybody who coded anything; a source of fewer than two has no place.
 */
export function disagreementsOf(codings: readonly PlacedCoding[], codersOf?: CodersOf): Disagreement[] {
  const everybody = [...new Set(codings.map(({ coderId }) => coderId))];
  return [...Map.groupBy(codings, ({ sourceId }) => sourceId)].flatMap(([sourceId, some]) => {
    const coders = codersOf?.(sourceId) ?? everybody;
    return coders.length < 2 ? [] : ofSource(sourceId, some, coders);
  });
}

function ofSource(sourceId: string, all: readonly PlacedCoding[], coders: readonly string[]): Disagreement[] {
  const codings = all.filter(({ coderId, start, end }) => end > start && coders.includes(coderId));
  const byCode = Map.groupBy(codings, ({ codeId }) => codeId);
  const groups = [...byCode.values()].flatMap((own) =>
    joined(own.map((one) => ({ ...one, codings: [one] }))),
  );
  const [whole, lacking] = [groups.filter(isWhole), groups.filter((group) => !isWhole(group))];
  const found = [
    ...whole.map((group) => made(costOf(group.codings) === 0 ? 'same' : 'boundary', group)),
    ...joined(lacking).map((group) => made(crosses(group) ? 'code' : 'only-one', group)),
  ];
  return found.sort((one, other) => one.start - other.start || one.end - other.end);

  function isWhole(group: Group): boolean {
    return new Set(group.codings.map(({ coderId }) => coderId)).size === coders.length;
  }
  function costOf(some: readonly PlacedCoding[]): number {
    const pairs = (coders.length * (coders.length - 1)) / 2;
    let sum = 0;
    for (const own of Map.groupBy(some, ({ codeId }) => codeId).values())
      sum += differing(own, coders.length);
    return sum / pairs;
  }
  function made(kind: DisagreementKind, { start, end, codings: some }: Group): Disagreement {
    const ordered = some
      .map(({ annotationId, coderId, codeId, ...extent }) => ({
        ...{ annotationId, coderId, codeId },
        ...{ start: extent.start, end: extent.end },
      }))
      .sort((a, b) => a.start - b.start || a.end - b.end || (a.annotationId < b.annotationId ? -1 : 1));
    return { kind, sourceId, start, end, codings: ordered, cost: costOf(some) };
  }
}

/** What overlaps, directly or by way of others, as one; what only touches stays apart. */
function joined(groups: readonly Group[]): Group[] {
  const found: { start: number; end: number; codings: PlacedCoding[] }[] = [];
  for (const { start, end, codings } of [...groups].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last === undefined || start >= last.end) found.push({ start, end, codings: [...codings] });
    else {
      last.end = Math.max(last.end, end);
      last.codings.push(...codings);
    }
  }
  return found;
}

/** Whether two coders each used a code that the other did not. */
function crosses({ codings }: Group): boolean {
  const byCoder = [...Map.groupBy(codings, ({ coderId }) => coderId).values()];
  const codes = byCoder.map((own) => new Set(own.map(({ codeId }) => codeId)));
  return codes.some((one, at) =>
    codes
      .slice(at + 1)
      .some((other) => codesOnlyIn(one, other).length > 0 && codesOnlyIn(other, one).length > 0),
  );
}

/** Codes that one coder used and the other did not. */
export function codesOnlyIn(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...one].filter((code) => !other.has(code));
}

/** Characters with one code, each counted for every two coders of whom one has it there. */
function differing(codings: readonly PlacedCoding[], coders: number): number {
  const edges: [number, 1 | -1][] = [];
  for (const own of Map.groupBy(codings, ({ coderId }) => coderId).values())
    for (const { start, end } of mergeSpans(own)) edges.push([start, 1], [end, -1]);
  edges.sort(([one], [other]) => one - other);
  let [sum, have, from] = [0, 0, 0];
  for (const [at, by] of edges) {
    sum += have * (coders - have) * (at - from);
    have += by;
    from = at;
  }
  return sum;
}
