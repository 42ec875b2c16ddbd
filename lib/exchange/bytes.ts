const CHUNK = 32 * 1024;
const encoder = new TextEncoder();

/** Text in pieces of some size, in UTF-8; lone surrogates become U+FFFD. */
export async function* utf8(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let held: string[] = [];
  let size = 0;
  for await (const part of parts) {
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
