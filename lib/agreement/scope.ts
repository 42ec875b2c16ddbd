import type { Extent } from './merge-spans';
import { NOTHING } from './ratings';
import { sectionsOf, type UnitKind } from './sections';

/** A source as agreement needs it; `coders` are those that were to code it: the others' values are missing on it. */
export type CodedSource = {
  readonly id: string;
  readonly text: string;
  readonly coders?: readonly string[];
  /** Its units where they follow from the text alone and were found already: cutting a text costs more than counting in it. */
  readonly sections?: readonly Extent[];
};

/** What coders are compared on: the caller picks the sources and codings of a pass; a code alone is used or not. */
export type Scope = {
  readonly unit: UnitKind;
  readonly coders: readonly string[];
  readonly sources: readonly CodedSource[];
  /** One code: the value is this code or nothing. Without it, the value is all codes of the unit together. */
  readonly code?: string;
};

/** The same scope with the text of each source cut once. */
export function cutInto(scope: Scope): Scope {
  const { unit, sources } = scope;
  if (unit === 'passage' || unit === 'character') return scope;
  return { ...scope, sources: sources.map((one) => ({ ...one, sections: sectionsOf(unit, one.text) })) };
}

/** Several codes of one unit as one value, whatever the order they were given in; none is `NOTHING`. */
export function jointValue(codes: Iterable<string>): string {
  const names = [...codes].map((code) => (code.includes(';') ? code.replaceAll(';', '\\;') : code));
  return names.length > 1 ? names.sort().join('; ') : (names[0] ?? NOTHING);
}

/** How a unit is named in exports: its source and extent. */
export function unitName(source: string, start: number, end: number): string {
  return `${source}:${start}-${end}`;
}

/** Which of the coders of a scope were to code a source. */
export function wereToCode(scope: Scope, { coders }: CodedSource): boolean[] {
  return scope.coders.map((coder) => coders === undefined || coders.includes(coder));
}
