const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PLACE = new RegExp(`^/projects/(${ID})(?:/(?:(notes|sources)(?:/(${ID}))?|(.+)))?/?$`);

/** Where an address leads, as far as it can be opened without a connection. */
export type OfflinePlace =
  | { type: 'sources' | 'notes' | 'follow-ups' | 'other'; projectId: string }
  | { type: 'source' | 'note'; projectId: string; id: string }
  | { type: 'projects'; projectId: null };

/** Reads the path of an address. */
export function offlinePlaceOf(path: string): OfflinePlace {
  const match = PLACE.exec(path);
  const projectId = match?.[1];
  if (match === null || projectId === undefined) return { type: 'projects', projectId: null };
  const [, , list, id, other] = match;
  if (other === 'follow-ups') return { type: 'follow-ups', projectId };
  if (other !== undefined) return { type: 'other', projectId };
  if (id !== undefined) return { type: list === 'notes' ? 'note' : 'source', projectId, id };
  return { type: list === 'notes' ? 'notes' : 'sources', projectId };
}
