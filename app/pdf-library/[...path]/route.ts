import { readLibraryFile } from '@/server/pdf-library';

/** Files of the library that draws pages, by its version: they hold nothing of anybody's, and never change. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const [, ...path] = (await params).path;
  const file = await readLibraryFile(path.join('/'));
  if (file === null) return new Response('There is no such file.', { status: 404 });
  return new Response(file.bytes, {
    headers: {
      'content-type': file.contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  });
}
