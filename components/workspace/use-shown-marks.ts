'use client';
import { useState } from 'react';
import { type Filter, NO_FILTER } from '../annotations/filter';
import { type ColourBy, isColourBy } from '../annotations/kinds';
import { useQuery } from '../ui/use-query';
import { useStored } from '../ui/use-stored';

/**
 * Which marks of the source are shown, and what colours them. An address that names coders (`?coders=`) shows theirs alone, each in
 * their own colour, until the reader chooses otherwise; what they chose before is kept.
 */
export function useShownMarks() {
  const coders = useQuery('coders')?.split(',').filter(Boolean) ?? [];
  const [filter, setFilter] = useState<Filter>({ ...NO_FILTER, personIds: coders });
  const [chosen, setChosen] = useStored<ColourBy>('gloss.colour-by', 'kind', isColourBy);
  const [isByCoder, setIsByCoder] = useState(coders.length > 0);
  const setColourBy = (by: ColourBy) => {
    setIsByCoder(false);
    setChosen(by);
  };
  return { filter, setFilter, colourBy: isByCoder ? ('person' as const) : chosen, setColourBy };
}
