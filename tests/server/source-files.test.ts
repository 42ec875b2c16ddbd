import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { SourcePreview } from '@/lib/sources/source';
import { archive, commentsXml, docxParts, epubParts, hostileArchives, para } from '@/tests/support/archives';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { call, handlerOf, headersOf, ORIGIN } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const PICTURE = '<w:r><w:drawing><a:blip xmlns:a="x" r:link="i1"/></w:drawing></w:r>';
const DOCX = docxParts(para('The port was closed.', undefined, PICTURE), {
  'word/comments.xml': commentsXml('Was it?'),
});
const EPUB = epubParts([{ href: 'a.xhtml', body: '<p>The port was closed.</p>' }]);
const MHTML = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary="b"',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<html><body><p>The port was =\r\nclosed.</p></body></html>',
  '--b--',
].join('\r\n');

async function send(operation: 'source.create' | 'source.preview', name: string, content: BlobPart) {
  const form = new FormData();
  form.append('file', new File([content], name));
  const at = operation === 'source.create' ? 'sources' : 'source-previews';
  const request = new Request(new URL(`/api/projects/${projectId}/${at}`, ORIGIN), {
    method: 'POST',
    headers: headersOf(owner),
    body: form,
  });
  return (await handlerOf(operation))(request, { params: Promise.resolve({ projectId }) });
}

describe('A file of a form', () => {
  it.each<[name: string, content: BlobPart, text: string]>([
    [
      'talk.vtt',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>The port was closed.',
      '[00:01] Ada: The port was closed.',
    ],
    ['talk.srt', '1\n00:00:01,000 --> 00:00:02,000\nThe port was closed.', '[00:01] The port was closed.'],
    ['report.docx', archive(DOCX), 'The port was closed.'],
    ['page.mhtml', MHTML, 'The port was closed.'],
    ['book.epub', archive(EPUB), 'The port was closed.'],
  ])('comes in as a source: %s', async (name, content, words) => {
    const response = await send('source.create', name, content);
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    const text = await call('source.text', owner, { params: { projectId, sourceId: id } });
    expect(await text.text()).toBe(words);
  });

  it('says before it is saved what of it would not come in', async () => {
    const response = await send('source.preview', 'report.docx', archive(DOCX));
    expect((await response.json()) as SourcePreview).toMatchObject({
      along: [
        '1 comment becomes a discussion, with the names that the file has: A.',
        'It is about the document as a whole, as no place in its text is known for it.',
      ],
      leftOut: ['1 picture.'],
    });
  });

  it.each([
    ...hostileArchives(DOCX, 'word/document.xml').map(
      ([what, bytes]) => [`a document with ${what}`, bytes] as const,
    ),
    ...hostileArchives(EPUB, 'OEBPS/content.opf').map(
      ([what, bytes]) => [`a book with ${what}`, bytes] as const,
    ),
    [
      'a saved page without a page',
      new TextEncoder().encode(MHTML.replace('text/html', 'text/css')),
    ] as const,
    ['an archive of something else', archive({ 'a.txt': 'words' })] as const,
  ])('is refused in words, and nothing of it is stored: %s', async (_what, bytes) => {
    const before = await fingerprintOf(database);
    const response = await send('source.create', 'file', bytes);
    expect([400, 415]).toContain(response.status);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/\w+ .+\./);
    expect(await fingerprintOf(database)).toBe(before);
  });
});
