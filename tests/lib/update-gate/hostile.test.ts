import { expect, it } from 'vitest';
import { HostileRoom } from '@/tests/support/gate/hostile-room';
import { Seeded } from '@/tests/support/gate/seeded';

it('lets nothing of 10,000 hostile updates make a note other than its log, or one that does not open', {
  timeout: 600_000,
}, () => {
  let [updates, applied, refused] = [0, 0, 0];
  for (let seed = 1; updates < 10_000; seed++) {
    const room = new HostileRoom(new Seeded(seed));
    for (let step = 0; step < 250; step++) room.step();
    expect({ seed, violations: room.counts.violations }).toEqual({ seed, violations: [] });
    updates += room.counts.updates;
    applied += room.counts.applied;
    refused += room.counts.refused;
  }
  // Were all refused, nothing would have been tried.
  expect(applied).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(5_000);
});
