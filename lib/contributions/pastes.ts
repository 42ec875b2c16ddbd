import * as Y from 'yjs';

/** Letters that came in with one change, from which on they count as having come at once. */
export const AT_ONCE = 100;

/** Letters of a note by the Yjs ids they came under. */
export type Came = { readonly clientId: number; readonly clock: number; readonly length: number };

/**
 * The letters of an update (Yjs, version 1) when they are so many of one client that nobody typed them in one change: pasted,
 * dictated, brought back by undo, or written without a connection and sent together. Fewer than `AT_ONCE` are none.
 */
export function cameAtOnce(update: Uint8Array): Came[] {
  const byClient = new Map<number, Came[]>();
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const { client: clientId, clock } = struct.id;
    byClient.set(clientId, [...(byClient.get(clientId) ?? []), { clientId, clock, length: struct.length }]);
  }
  return [...byClient.values()].flatMap((came) =>
    came.reduce((sum, { length }) => sum + length, 0) >= AT_ONCE ? came : [],
  );
}
