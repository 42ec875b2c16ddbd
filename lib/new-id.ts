import { v7 } from 'uuid';

/** Makes a new UUIDv7. */
export function newId(): string {
  return v7();
}
