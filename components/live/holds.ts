import { CallError } from '../ui/http';

/** Whether a fault is the server's refusal with this code. */
export function isCode(error: unknown, code: CallError['code']): boolean {
  return error instanceof CallError && error.code === code;
}

/** Whether every field of the edit already has this value; the order of keys does not count, nor what is undefined. */
export function holds(thing: object, edit: object): boolean {
  return Object.entries(edit).every(
    ([key, value]) => value === undefined || alike((thing as Record<string, unknown>)[key], value),
  );
}

function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
