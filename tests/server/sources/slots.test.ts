import { describe, expect, it } from 'vitest';
import { createSlots } from '@/server/sources/slots';

/** Work that ends when it is told to. */
function held(): { work: () => Promise<string>; started: () => boolean; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  let started = false;
  return {
    work: () => {
      started = true;
      return promise;
    },
    started: () => started,
    end: () => resolve('done'),
  };
}

describe('createSlots', () => {
  it('runs so many at once, the others in order as places become free', async () => {
    const slots = createSlots(2, 10);
    const all = [held(), held(), held(), held()];
    const runs = all.map(({ work }) => slots(work));
    await expect.poll(() => all.map(({ started }) => started())).toEqual([true, true, false, false]);
    all[1]?.end();
    await runs[1];
    await expect.poll(() => all.map(({ started }) => started())).toEqual([true, true, true, false]);
    for (const { end } of all) end();
    expect(await Promise.all(runs)).toEqual(Array(4).fill('done'));
  });

  it('gives its place back after a failure', async () => {
    const slots = createSlots(1, 10);
    await expect(slots(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await slots(async () => 'next')).toBe('next');
  });

  it('refuses what would wait behind too many', async () => {
    const slots = createSlots(1, 1);
    const [first, second] = [held(), held()];
    const runs = [slots(first.work), slots(second.work)];
    await expect(slots(async () => 'third')).rejects.toMatchObject({ code: 'unavailable' });
    first.end();
    second.end();
    expect(await Promise.all(runs)).toEqual(['done', 'done']);
  });

  it('lets what is no longer wanted leave the queue without taking a place', async () => {
    const slots = createSlots(1, 10);
    const first = held();
    const run = slots(first.work);
    const cancel = new AbortController();
    const waiting = slots(async () => 'never', cancel.signal);
    const last = slots(async () => 'last');
    cancel.abort(new Error('Cancelled'));
    await expect(waiting).rejects.toThrow('Cancelled');
    first.end();
    expect(await Promise.all([run, last])).toEqual(['done', 'last']);
  });
});
