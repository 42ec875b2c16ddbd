import { v5 } from 'uuid';

/** A GUID of something that has no id of its own, always the same for the same thing. */
export function derivedId(id: string, part: string): string {
  return v5(part, id);
}

/** A GUID as other programs accept it everywhere: in capitals, without braces. */
export function guid(id: string): string {
  return id.toUpperCase();
}

/** The key that a GUID of a file is known by, however it is written. */
export function keyOfGuid(text: string): string {
  return text.replace(/[{}\s]/g, '').toLowerCase();
}
