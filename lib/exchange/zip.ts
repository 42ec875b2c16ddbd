import { Zip, ZipDeflate } from 'fflate';
import { utf8 } from './bytes';

/** A file of an archive: its content is read when its turn comes. */
export type ZipEntry = { readonly path: string; readonly content: AsyncIterable<string | Uint8Array> };

/** An archive of these files, piece by piece; nothing is held but what is being packed. */
export async function* zipped(entries: AsyncIterable<ZipEntry>, made: string): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  for await (const { path, content } of entries) {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = made;
    zip.add(file);
    for await (const piece of utf8(content)) {
      file.push(piece, false);
      yield* take();
    }
    file.push(new Uint8Array(0), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
