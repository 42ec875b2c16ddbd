import { v5 } from 'uuid';

/**
 * The id that a thing of a file has in a project, always the same, so that bringing it in twice makes nothing twice. It is laid out
 * as our ids are (UUIDv7, at the time 0): bits of a name-based UUID (RFC 9562, version 5) behind it.
 */
export function importId(projectId: string, kind: string, key: string): string {
  const named = v5(`${kind} ${key}`, projectId);
  return `00000000-0000-7${named.slice(15)}`;
}

/** The same for what is listed in the order it was made: where the key is an id of ours, its time stays. */
export function importIdInTurn(projectId: string, kind: string, key: string): string {
  const time = /^[\da-f]{8}-[\da-f]{4}-7/.test(key) ? key.slice(0, 13) : '00000000-0000';
  return `${time}${importId(projectId, kind, key).slice(13)}`;
}
