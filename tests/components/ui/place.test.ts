import fc from 'fast-check';
import { expect, test } from 'vitest';
import { place } from '@/components/ui/place';

const view = { top: 0, left: 0, right: 1_000, bottom: 800 };
const size = { width: 200, height: 40 };
const line = (top: number, left = 400) => ({ top, bottom: top + 20, left, right: left + 100 });

test('a panel stands above the passage, centred on its first line', () => {
  expect(place({ first: line(300), last: line(320) }, size, view, 'above')).toEqual({ left: 350, top: 252 });
});

test('at the top of the view it goes below the last line', () => {
  expect(place({ first: line(10), last: line(60) }, size, view, 'above').top).toBe(88);
});

test('at the edge of the view it stays inside', () => {
  expect(place({ first: line(300, 0), last: line(300, 0) }, size, view, 'above').left).toBe(8);
});

test('where there is room on either side the passage is never covered, and the panel is always in view', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200, max: 900 }), fc.integer({ min: 0, max: 600 }), (top, height) => {
      for (const prefer of ['above', 'below'] as const) {
        const first = line(top);
        const last = line(top + height);
        const at = place({ first, last }, size, view, prefer);
        expect(at.top).toBeGreaterThanOrEqual(view.top);
        expect(at.top + size.height).toBeLessThanOrEqual(view.bottom);
        const room =
          first.top - 48 >= 0 && first.top < 800 ? true : last.bottom >= 0 && last.bottom + 48 <= 800;
        if (room) expect(at.top + size.height <= first.top || at.top >= last.bottom).toBe(true);
      }
    }),
    { seed: 7 },
  );
});
