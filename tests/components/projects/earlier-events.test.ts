import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earlierEvents, type ReadEvents } from '@/components/projects/earlier-events';
import type { Event } from '@/lib/events/event';

const event = (id: number) => ({ id }) as Event;

/** A feed as the server gives it: forward only, after an id, in pages. */
function feed(ids: readonly number[]): { read: ReadEvents; calls: number[] } {
  const sorted = [...ids].sort((a, b) => a - b);
  const calls: number[] = [];
  return {
    calls,
    read: async (after, limit) => {
      calls.push(after);
      const rest = sorted.filter((id) => id > after);
      const items = rest.slice(0, limit).map(event);
      return { items, nextCursor: rest.length > limit ? String(items.at(-1)?.id) : null };
    },
  };
}

describe('reading the feed backwards', () => {
  it('gives the newest first and says how far back it read', async () => {
    const { read } = feed([10, 20, 30]);
    expect(await earlierEvents(read, 30, 2)).toEqual({ events: [event(30), event(20), event(10)], from: 0 });
  });

  it('does not read back to the beginning when enough stands near the end', async () => {
    const { read, calls } = feed(Array.from({ length: 5_000 }, (_, index) => index + 1));
    const { events, from } = await earlierEvents(read, 5_000, 50);
    expect(events).toHaveLength(200);
    expect(from).toBe(4_800);
    expect(calls).toEqual([4_800]);
  });

  it('misses and repeats nothing over several reads, however sparse the ids are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 60 }),
        async (ids, wanted) => {
          const { read } = feed(ids);
          const seen: number[] = [];
          for (let upTo = Math.max(...ids); upTo > 0; ) {
            const { events, from } = await earlierEvents(read, upTo, wanted);
            seen.push(...events.map((each) => each.id));
            upTo = from;
          }
          expect(seen).toEqual([...ids].sort((a, b) => b - a));
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });

  it('leaves out what happened after the end it was given', async () => {
    const { read } = feed([1, 2, 3, 4]);
    expect((await earlierEvents(read, 2, 10)).events).toEqual([event(2), event(1)]);
  });
});
