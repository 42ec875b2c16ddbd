import { expect, it } from 'vitest';
import { HonestRoom } from '@/tests/support/gate/honest-room';
import { Seeded } from '@/tests/support/gate/seeded';

it('refuses nothing of what people send who edit together, undo, come and go, and lets them end alike', {
  timeout: 600_000,
}, () => {
  let updates = 0;
  let gaps = 0;
  for (let seed = 1; seed <= 5; seed++) {
    const room = new HonestRoom(new Seeded(seed));
    for (let step = 0; step < 700; step++) room.step();
    expect({ seed, refused: room.counts.refused }).toEqual({ seed, refused: [] });
    expect({ seed, alike: room.settle() }).toEqual({ seed, alike: true });
    updates += room.counts.updates;
    gaps += room.counts.gaps;
  }
  expect(updates).toBeGreaterThan(400);
  expect(gaps).toBeLessThan(updates / 4);
});
