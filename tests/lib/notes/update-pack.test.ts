import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPack, writePack } from '@/lib/notes/update-pack';

const entry = fc.record({
  update: fc.uint8Array({ maxLength: 300 }),
  userId: fc.option(fc.constantFrom('ada', 'ben', 'cleo')),
});

it('gives every update of a row back, byte for byte, with its writer and in its order', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const { bytes, userIds } = writePack(entries);
      expect(new Set(userIds).size).toBe(userIds.length);
      const back = readPack(bytes, userIds);
      expect(back.map(({ update, userId }) => ({ update: [...update], userId }))).toEqual(
        entries.map(({ update, userId }) => ({ update: [...update], userId })),
      );
    }),
  );
});

it('refuses a row that was cut short instead of reading past its end', () => {
  const { bytes, userIds } = writePack([{ update: new Uint8Array([1, 2, 3]), userId: 'ada' }]);
  expect(() => readPack(bytes.slice(0, -1), userIds)).toThrow('cut short');
});
