import { FIELDS, type Field, KINDS } from './query';

/** A field as it was meant, or what to do about one that means nothing. */
export type FieldRead = { readonly field: Field; readonly value: string } | { readonly fault: string };

const list = (words: readonly string[]) => words.join(', ');

function closed(field: Field, value: string, known: readonly string[]): FieldRead {
  const wanted = value.toLowerCase();
  if (known.includes(wanted)) return { field, value: wanted };
  return { fault: `There is no ${field} “${value}”. Write one of: ${list(known)}.` };
}

function day(field: Field, value: string): FieldRead {
  const date = new Date(`${value}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime());
  if (isDay && date.toISOString().startsWith(value)) return { field, value };
  return { fault: `“${value}” is no day. Write it as year, month and day: ${field}:2024-05-31.` };
}

/** What a field and its value mean. */
export function readField(name: string, value: string): FieldRead {
  const field = FIELDS.find((one) => one === name.toLowerCase());
  if (field === undefined) {
    return { fault: `There is no field “${name}”. The fields are ${list(FIELDS)}. Here it is plain words.` };
  }
  if (value === '') return { fault: `Write after ${field}: what to look for.` };
  switch (field) {
    case 'kind':
      return closed(field, value, KINDS);
    case 'due':
    case 'before':
    case 'after':
      return day(field, value);
    default:
      return { field, value };
  }
}
