import { guid } from './guids';
import { attributes } from './xml';

/** The name of a source's file in the archive. */
export function fileOf(sourceId: string): string {
  return `${guid(sourceId)}.txt`;
}

/** Everybody who made something; nothing where nobody did. */
export function usersXml(people: ReadonlyMap<string, string>): string {
  if (people.size === 0) return '';
  const users = [...people].map(([id, name]) => `<User${attributes({ guid: guid(id), name })}/>`);
  return `<Users>${users.join('')}</Users>`;
}
