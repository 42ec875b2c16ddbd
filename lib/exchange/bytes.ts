const CHUNK = 32 * 1024;
const encoder = new TextEncoder();

/** Text in pieces of some size, in UTF-8; lone surrogates become U+FFFD. Bytes among it stay as they are. */
export async function* utf8(parts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: string[] = [];
  let size = 0;
  for await (const part of parts) {
    if (typeof part !== 'string') {
      if (size > 0) yield encoder.encode(held.join('').toWellFormed());
      [held, size] = [[], 0];
      yield part;
      continue;
    }
    held.push(part);
    size += part.length;
    if (size < CHUNK) continue;
    yield encoder.encode(held.join('').toWellFormed());
    held = [];
    size = 0;
  }
  if (size > 0) yield encoder.encode(held.join('').toWellFormed());
}

/** A text that is ready, as a stream of one piece. */
export async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
