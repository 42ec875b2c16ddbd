import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import { archive } from '@/tests/support/archives';

const bytes = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('articleFromFile', () => {
  it.each([
    ['story.txt', bytes('A title\n\nA paragraph')],
    ['story.md', bytes('A title\n\nA paragraph')],
    ['story', bytes('\ufeffA title\r\n\r\nA paragraph')],
    ['story.txt', new Uint8Array(Buffer.from('\ufeffA title\n\nA paragraph', 'utf16le'))],
  ])('reads %s as text', async (name, content) => {
    expect(await articleFromFile(name, content)).toMatchObject({
      title: 'A title',
      text: 'A title\n\nA paragraph',
    });
  });

  it('reads a page by its content, whatever its name', async () => {
    const page = bytes(
      '<!-- saved --><!DOCTYPE html><title>A title</title><body><p>A paragraph of words.</p>',
    );
    for (const name of ['page.html', 'page.txt', 'page'])
      expect(await articleFromFile(name, page)).toMatchObject({
        title: 'A title',
        text: 'A paragraph of words.',
      });
  });

  it('reads a part of a page when its name says html', async () => {
    expect((await articleFromFile('part.htm', bytes('<p>One</p><p>Two</p>'))).text).toBe('One\n\nTwo');
    expect((await articleFromFile('part.txt', bytes('<p>One</p>'))).text).toBe('<p>One</p>');
  });

  it('reads captions as turns that begin with their time, called as the file is', async () => {
    const captions = 'WEBVTT\n\nNOTE typed by ear\n\n01:02.000 --> 01:04.000\n<v Ada>We knew.';
    expect(await articleFromFile('C:\\talks\\The talk.vtt', bytes(captions))).toMatchObject({
      title: 'The talk',
      text: '[01:02] Ada: We knew.',
      html: '<p><small>[01:02]</small> <strong>Ada:</strong> We knew.</p>',
      leftOut: ['A note in the captions.'],
    });
    const srt = await articleFromFile(
      'talk.txt',
      bytes('1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\ntwo\r\n'),
    );
    expect(srt.text).toBe('[00:01] One two');
  });

  it('decodes a page by its own declaration, and a text without one as Windows would', async () => {
    const page = latin('<html><meta charset="iso-8859-1"><title>\xe9t\xe9</title><p>caf\xe9 \x97 x</p>');
    expect(await articleFromFile('a.html', page)).toMatchObject({ title: 'été', text: 'café — x' });
    expect((await articleFromFile('a.txt', latin('caf\xe9 \x80'))).text).toBe('café €');
  });

  it.each([
    ['table.xlsx', archive({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' }), 'a workbook'],
    [
      'talk.pptx',
      archive({ '[Content_Types].xml': '<x/>', 'ppt/presentation.xml': '<x/>' }),
      'a presentation',
    ],
    [
      'sums.ods',
      archive({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      'an OpenDocument file that is no text',
    ],
    ['files.zip', archive({ 'a.txt': 'words' }), 'a ZIP archive'],
    [
      'report.doc',
      latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      'an old or locked document of an office program',
    ],
    ['report.rtf', latin('{\\rtf1\\ansi'), 'a rich text document'],
    ['picture.png', latin('\x89PNG\r\n\x1a\n\0\0\0'), 'a binary file'],
  ])('says that %s cannot be read yet, and what it is', async (name, content, kind) => {
    await expect(articleFromFile(name, content)).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(`is ${kind},`) }),
    );
  });

  it.each([
    ['an empty text', 'a.txt', ' \n\u00a0\n'],
    ['a page without text', 'a.html', '<html><body><script>document.write("x")</script></body></html>'],
  ])('says that there is no text in %s', async (_words, name, content) => {
    await expect(articleFromFile(name, bytes(content))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid', details: { reason: 'no-text' } }),
    );
  });
});
