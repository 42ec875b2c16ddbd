import { derivedId, guid } from './guids';
import type { PdfFile } from './record';
import { attributes } from './xml';

/** The name of a source's text in the archive, or of the file that the text was read from. */
export function fileOf(sourceId: string, extension: 'txt' | 'pdf' = 'txt'): string {
  return `${guid(sourceId)}.${extension}`;
}

/** The id of what a PDF says, which may not be the PDF's own. */
export const representationOf = (sourceId: string): string => guid(derivedId(sourceId, 'representation'));

/** Everybody who made something; nothing where nobody did. */
export function usersXml(people: ReadonlyMap<string, string>): string {
  if (people.size === 0) return '';
  const users = [...people].map(([id, name]) => `<User${attributes({ guid: guid(id), name })}/>`);
  return `<Users>${users.join('')}</Users>`;
}

/** The bytes of a PDF, read when its turn in the archive comes. */
export async function* pdfOf(read: () => Promise<PdfFile | null>): AsyncGenerator<Uint8Array> {
  const file = await read();
  if (file) yield file.bytes;
}
