import type { Annotation } from '@/lib/annotations/annotation';
import { MOTIVATIONS } from '@/lib/annotations/motivations';
import type { Code } from '@/lib/codebook/code';
import { personColour } from '../ui/avatar';
import type { Filter } from './filter';
import type { ColourBy } from './kinds';

export type Entry = { id: string; name: string; colour: string; count: number };

/** What a filter over the marks of a source is given and tells. */
export type FilterProps = {
  annotations: readonly Annotation[];
  codes: readonly Code[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  colourBy: ColourBy;
  onColourBy: (by: ColourBy) => void;
  /** How many marks the filter lets through. */
  shown: number;
};

export const COLOUR_OPTIONS = [
  { id: 'kind', label: 'Colour: kind' },
  { id: 'code', label: 'Colour: code' },
  { id: 'person', label: 'Colour: person' },
] as const;

/**
 * What marks can be filtered by, with the counts of the whole source. Every kind is there from the start: a first mark
 * of a kind moves nothing.
 */
export function filterEntries({
  annotations,
  codes,
  colourBy,
}: Pick<FilterProps, 'annotations' | 'codes' | 'colourBy'>) {
  const kinds = MOTIVATIONS.map((kind) => ({
    kind,
    count: countOf(annotations, (a) => a.motivation === kind),
  }));
  const codeEntries = codes.map(
    (code): Entry => ({
      id: code.id,
      name: code.name,
      colour: code.colour,
      count: countOf(annotations, (a) => a.codeIds.includes(code.id)),
    }),
  );
  const people = peopleOf(annotations);
  const legend =
    colourBy === 'kind' ? [] : (colourBy === 'code' ? codeEntries : people).filter(({ count }) => count > 0);
  return { kinds, codes: codeEntries, people, legend };
}

function countOf(annotations: readonly Annotation[], is: (annotation: Annotation) => boolean): number {
  let count = 0;
  for (const annotation of annotations) if (is(annotation)) count += 1;
  return count;
}

function peopleOf(annotations: readonly Annotation[]): Entry[] {
  const people = new Map<string, Entry>();
  for (const { creator } of annotations) {
    const entry = people.get(creator.id);
    if (entry === undefined)
      people.set(creator.id, {
        id: creator.id,
        name: creator.name,
        colour: personColour(creator.id),
        count: 1,
      });
    else entry.count += 1;
  }
  return [...people.values()].sort((a, b) => b.count - a.count);
}
