import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byPlace, placeBetween, placeOf } from '@/lib/follow-ups/place';
import { newId } from '@/lib/new-id';

describe('A place on the board', () => {
  it('is in the order of making until somebody moves something', () => {
    const ids = Array.from({ length: 50 }, () => newId());
    const places = ids.map((id) => ({ id, place: placeOf(id) }));
    expect([...places].reverse().sort(byPlace)).toEqual(places);
  });

  it('is always to be had between two others, before the first and after the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 120 }), (moves) => {
        const places = [placeOf(newId())];
        for (const move of moves) {
          const at = move % (places.length + 1);
          const place = placeBetween(places[at - 1] ?? null, places[at] ?? null);
          expect(place).toMatch(/^[0-9a-z]*[1-9a-z]$/);
          places.splice(at, 0, place);
        }
        expect([...places].sort((a, b) => (a < b ? -1 : 1))).toEqual(places);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('stays short enough to be stored when one thing after another is put in the same gap', () => {
    const [first, last] = [placeOf(newId()), placeOf(newId())];
    let place = last;
    for (let count = 0; count < 1_000; count += 1) place = placeBetween(first, place);
    expect(place > first && place < last).toBe(true);
    expect(place.length).toBeLessThan(500);
  });
});
