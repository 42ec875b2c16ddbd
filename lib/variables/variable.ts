import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** What a variable says something of. */
export const VARIABLE_OF = ['source', 'speaker'] as const;
/** How a value is written. */
export const VARIABLE_KINDS = ['text', 'number', 'date', 'choice'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

/** Something that each source, or each speaker, of a project can have a value of, such as the party of whoever speaks. */
export const Variable = z.object({
  id: Id,
  projectId: Id,
  of: z.enum(VARIABLE_OF),
  name: z.string(),
  kind: z.enum(VARIABLE_KINDS),
  /** What can be chosen, in this order; empty for the other kinds. */
  choices: z.array(z.string()),
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Variable = z.infer<typeof Variable>;

const name = z.string().trim().min(1, 'Give the variable a name').max(80);
const choices = z.array(z.string().trim().min(1).max(120)).max(100);

export const NewVariable = z
  .object({
    id: Id.optional(),
    of: z.enum(VARIABLE_OF),
    name,
    kind: z.enum(VARIABLE_KINDS).default('text'),
    choices: choices.default([]),
  })
  .refine((one) => one.kind !== 'choice' || one.choices.length > 0, {
    path: ['choices'],
    message: 'Say what can be chosen',
  });
export type NewVariable = z.output<typeof NewVariable>;
export const VariableChange = z.object({ name, choices }).partial();
export type VariableChange = z.output<typeof VariableChange>;

/** What a source or speaker has of a variable. A date is YYYY-MM-DD, a number is written with a point. */
export const VariableValue = z.object({ variableId: Id, subjectId: Id, value: z.string() });
export type VariableValue = z.infer<typeof VariableValue>;
/** Null takes the value away. */
export const VariableValueGiven = z.object({ value: z.string().trim().max(200).nullable() });

/** A value as it is kept, or what is wrong with it. */
export function readValue(
  { kind, choices: known }: Pick<Variable, 'kind' | 'choices'>,
  given: string,
): { value: string } | { fault: string } {
  const value = given.trim();
  switch (kind) {
    case 'number': {
      const number = Number(value.replace(',', '.'));
      return value !== '' && Number.isFinite(number)
        ? { value: String(number) }
        : { fault: `“${value}” is no number.` };
    }
    case 'date': {
      const date = new Date(`${value}T00:00:00Z`);
      const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && isDay
        ? { value }
        : { fault: `“${value}” is no day. Write it as year, month and day: 2024-05-31.` };
    }
    case 'choice':
      return known.includes(value)
        ? { value }
        : { fault: `“${value}” is none of the choices: ${known.join(', ')}.` };
    default:
      return value === '' ? { fault: 'Write something, or take the value away.' } : { value };
  }
}
