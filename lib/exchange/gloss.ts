import type { Losses } from './losses';
import type { ReadRecords, RecordOf } from './record';

/** Counts the changes of our own format that an older program could not read. */
export const GLOSS_VERSION = 3;

/** Base64 of bytes, in pieces of whole threes. */
function* base64(bytes: Uint8Array): Generator<string> {
  const AT_ONCE = 3 * 4_096;
  for (let at = 0; at < bytes.length; at += AT_ONCE)
    yield btoa(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE)));
}

/** The PDF of a source as a line of its own, behind the source's. */
async function* fileLine({ source, pdf }: RecordOf<'source'>): AsyncGenerator<string> {
  const file = pdf && (await pdf());
  if (!file) return;
  const { contentType, hash, bytes, places } = file;
  const head = { kind: 'file', sourceId: source.id, contentType, hash, places };
  yield `${JSON.stringify(head).slice(0, -1)},"bytes":"`;
  yield* base64(bytes);
  yield '"}\n';
}

/** All that the exporter may see, a thing a line (JSON), after a line that says what it is. */
export async function* writeGloss(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: 'gloss', version: GLOSS_VERSION })}\n`;
  for await (const record of read()) {
    if (record.kind === 'source' && record.source.text.version > 1)
      losses.add('Earlier versions of texts', 'Only the text as it is now is exported.', record.source.title);
    yield `${JSON.stringify(record)}\n`;
    if (record.kind === 'source') yield* fileLine(record);
  }
}
