import { AppError } from '@/lib/errors';

/**
 * Answers the value when every text in it can be stored and sent on as it is. Postgres has no place for U+0000, nor for
 * half of a surrogate pair. `cleaned` names the fields whose readers take such things out themselves.
 * @throws AppError invalid.
 */
export function storable<T>(value: T, cleaned: readonly string[] = []): T {
  if (typeof value === 'string') mustBeStorable(value);
  else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const [name, each] of Object.entries(value)) {
      mustBeStorable(name);
      if (!cleaned.includes(name)) storable(each);
    }
  }
  return value;
}

function mustBeStorable(text: string): void {
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new AppError('invalid', 'A text here holds a character that is none (U+0000 or half of a pair).');
  }
}
