import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a browser asks the library's own folder for when it draws pages: its worker, tables of letters, fonts, decoders. */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^build\/pdf\.worker\.min\.mjs$/, 'text/javascript'],
  [/^wasm\/(?:jbig2|openjpeg)_nowasm_fallback\.js$/, 'text/javascript'],
  [/^cmaps\/[\w-]{1,60}\.bcmap$/, 'application/octet-stream'],
  [/^standard_fonts\/[\w-]{1,60}\.(?:pfb|ttf)$/, 'application/octet-stream'],
];

/** A file of the library that draws pages, by its path in it; `null` for any that browsers have no business with. */
export async function readLibraryFile(
  name: string,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string } | null> {
  const contentType = FILES.find(([pattern]) => pattern.test(name))?.[1];
  if (contentType === undefined) return null;
  try {
    const bytes = await readFile(path.join(process.cwd(), 'node_modules', 'pdfjs-dist', name));
    return { bytes: Uint8Array.from(bytes), contentType };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
