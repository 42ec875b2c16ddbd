import { SaxesParser } from 'saxes';
import { AppError } from '../../lib/errors';

const MOST = { depth: 256, elements: 500_000, attributes: 200 } as const;

/**
 * Reads a part of an archive as XML that is not trusted, and keeps nothing but how often each element is in it, by its own
 * name.
 * @throws AppError invalid for what is no XML in UTF-8, has a DOCTYPE or an entity of its own, or is too deep or too much.
 */
export function checkXml(name: string, bytes: Uint8Array): { text: string; counts: Map<string, number> } {
  const refuse = (why: string, cause?: unknown): never => {
    throw new AppError('invalid', `This file can’t be read: “${name.slice(0, 80)}” in it ${why}.`, {
      cause,
      details: { reason: 'xml' },
    });
  };
  const counts = new Map<string, number>();
  const parser = new SaxesParser({ xmlns: true, position: false });
  let depth = 0;
  let elements = 0;
  parser.on('doctype', () => refuse('has a DOCTYPE, which is never read'));
  parser.on('error', (error) => refuse('is no sound XML', error));
  parser.on('opentag', ({ local, attributes }) => {
    depth += 1;
    elements += 1;
    if (depth > MOST.depth) refuse(`is nested deeper than ${MOST.depth} levels`);
    if (elements > MOST.elements) refuse(`has more than ${MOST.elements.toLocaleString('en')} elements`);
    if (Object.keys(attributes).length > MOST.attributes)
      refuse(`has an element with more than ${MOST.attributes} attributes`);
    counts.set(local, (counts.get(local) ?? 0) + 1);
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  const text = utf8(bytes) ?? refuse('is not in UTF-8');
  parser.write(text).close();
  return { text, counts };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // said as a fault of the file
  }
}
