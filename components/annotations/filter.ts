import type { Annotation, Motivation } from '@/lib/annotations/annotation';

/** Which marks are shown; an empty list lets everything through. */
export type Filter = {
  readonly kinds: readonly Motivation[];
  readonly codeIds: readonly string[];
  readonly personIds: readonly string[];
};

export const NO_FILTER: Filter = { kinds: [], codeIds: [], personIds: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.kinds.length + filter.codeIds.length + filter.personIds.length > 0;
}

/** Whether a mark is shown: any of the chosen kinds, and any of the codes, and any of the people. */
export function passes(filter: Filter, annotation: Annotation): boolean {
  return (
    (filter.kinds.length === 0 || filter.kinds.includes(annotation.motivation)) &&
    (filter.codeIds.length === 0 || filter.codeIds.some((id) => annotation.codeIds.includes(id))) &&
    (filter.personIds.length === 0 || filter.personIds.includes(annotation.creator.id))
  );
}

/** The list with the item put in, or taken out when it was there. */
export function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
