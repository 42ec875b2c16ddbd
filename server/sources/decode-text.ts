/** Bytes in which an HTML parser looks for a declared encoding (HTML Living Standard, 13.2.3.2), with some to spare. */
const PRESCAN = 4_096;
const DECLARED = /<(?:meta|\?xml)\b[^>]{0,400}?\b(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w:.+-]{1,40})/i;

function decoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null; // a label no browser knows is as good as none
  }
}

/** The encoding that a byte order mark tells, which outranks every label. */
function marked(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return null;
}

function declared(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN));
  const label = DECLARED.exec(head)?.[1]?.toLowerCase() ?? null;
  // A page whose declaration could be read as ASCII is no UTF-16.
  return label?.startsWith('utf-16') ? 'utf-8' : label;
}

/**
 * Decodes a page or a text file as a browser would: byte order mark, then the label of the content type, then the
 * file's own declaration, then UTF-8 where the bytes are that and Windows-1252 where they are not.
 */
export function decodeText(bytes: Uint8Array, label: string | null = null): string {
  for (const name of [marked(bytes), label, declared(bytes)]) {
    const known = name === null ? null : decoder(name);
    if (known) return known.decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
