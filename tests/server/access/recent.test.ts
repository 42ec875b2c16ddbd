import { expect, it, vi } from 'vitest';
import { Recent } from '@/server/access/recent';

it('asks once for what many want to know at once', async () => {
  const recent = new Recent<string>(1_000);
  const find = vi.fn(async () => 'yes');
  expect(await Promise.all([1, 2, 3].map(() => recent.ask('ada', find)))).toEqual(['yes', 'yes', 'yes']);
  expect(find).toHaveBeenCalledTimes(1);
  await recent.ask('ben', find);
  expect(find).toHaveBeenCalledTimes(2);
});

it('knows nothing any more after its time, and nothing after a notice', async () => {
  const recent = new Recent<number>(50);
  let asked = 0;
  const find = async () => ++asked;
  expect(await recent.ask('ada', find)).toBe(1);
  recent.clear();
  expect(await recent.ask('ada', find)).toBe(2);
  await expect.poll(() => recent.ask('ada', find)).toBe(3);
});

it('does not keep a failure, also not one that comes after a notice', async () => {
  const recent = new Recent<string>(1_000);
  const fails = recent.ask('ada', async () => {
    throw new Error('no');
  });
  recent.clear();
  const later = recent.ask('ada', async () => 'yes');
  await expect(fails).rejects.toThrow('no');
  expect(await later).toBe('yes');
  expect(await recent.ask('ada', async () => 'again')).toBe('yes');
});
