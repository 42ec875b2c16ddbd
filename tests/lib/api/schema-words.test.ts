import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Schema, shapesOf, typeWords } from '@/lib/api/schema-words';
import { Id } from '@/lib/ids';

const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

describe('a schema in words', () => {
  it.each([
    [z.string(), 'string'],
    [z.int().min(1), 'integer'],
    [Id, 'id'],
    [z.iso.datetime(), 'time'],
    [z.array(Id), 'list of id'],
    [z.enum(['read', 'write']), '"read" or "write"'],
    [z.literal(true), 'true'],
    [z.string().nullable(), 'string or null'],
    [z.object({ id: Id, name: z.string() }).nullable(), '{ id, name } or null'],
    [z.tuple([z.string(), z.int()]), '[string, integer]'],
    [z.unknown(), 'anything'],
  ])('is short (%#)', (schema, words) => {
    expect(typeWords(json(schema))).toBe(words);
  });

  it('lists fields and says which may be left out', () => {
    const schema = z.object({ name: z.string(), note: z.string().optional(), days: z.int().default(7) });
    expect(shapesOf(json(schema))).toEqual([
      {
        type: '{ name, note, days }',
        fields: [
          { name: 'name', type: 'string', required: true },
          { name: 'note', type: 'string', required: false },
          { name: 'days', type: 'integer', required: false },
        ],
      },
    ]);
  });

  it('gives each alternative its own list', () => {
    const schema = z.union([z.object({ url: z.string() }), z.object({ text: z.string() })]);
    expect(shapesOf(json(schema)).map((shape) => shape.fields[0]?.name)).toEqual(['url', 'text']);
  });
});
