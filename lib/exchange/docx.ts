import { once } from './bytes';
import {
  CONTENT_TYPES,
  core,
  DOCUMENT_LINKS,
  HEAD,
  numbering,
  PACKAGE_LINKS,
  SETTINGS,
  SPACES,
  STYLES,
} from './docx-frame';
import { DOCX_PARTS, type DocxPart, Pen } from './docx-pen';
import { Losses } from './losses';
import { type ZipEntry, zipped } from './zip';

/** Tells what stands in a document, to its end; yields wherever what was written may be taken. */
export type Story = (pen: Pen, losses: Losses, part: DocxPart) => AsyncIterable<void>;

const ENDS: Record<DocxPart, readonly [string, string]> = {
  document: [
    `<w:document ${SPACES} mc:Ignorable="w14 w15"><w:body>`,
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>',
  ],
  comments: [`<w:comments ${SPACES} mc:Ignorable="w14 w15">`, '</w:comments>'],
  commentsExtended: [`<w15:commentsEx ${SPACES} mc:Ignorable="w14 w15">`, '</w15:commentsEx>'],
  footnotes: [
    `<w:footnotes ${SPACES} mc:Ignorable="w14 w15"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`,
    '</w:footnotes>',
  ],
};

/**
 * A Word document (ECMA-376) piece by piece. The story is told once for each of its parts, as a part has to be whole in the
 * archive before the next begins: so nothing is held, however many comments there are. Losses count once.
 */
export async function* writeDocx(
  story: Story,
  losses: Losses,
  { title, made }: { title: string; made: string },
): AsyncGenerator<Uint8Array> {
  let lists = 1;
  async function* part(name: DocxPart): AsyncGenerator<string> {
    const [head, foot] = ENDS[name];
    const pen = new Pen();
    yield HEAD + head;
    for await (const _ of story(pen, name === 'document' ? losses : new Losses(), name)) yield pen.take(name);
    yield pen.take(name) + foot;
    lists = pen.lists;
  }
  async function* entries(): AsyncGenerator<ZipEntry> {
    const file = (path: string, text: string): ZipEntry => ({ path, content: once(HEAD + text) });
    yield file('[Content_Types].xml', CONTENT_TYPES);
    yield file('_rels/.rels', PACKAGE_LINKS);
    yield file('docProps/core.xml', core(title, made));
    yield file('word/_rels/document.xml.rels', DOCUMENT_LINKS);
    yield file('word/styles.xml', STYLES);
    yield file('word/settings.xml', SETTINGS);
    for (const name of DOCX_PARTS) yield { path: `word/${name}.xml`, content: part(name) };
    yield file('word/numbering.xml', numbering(lists));
  }
  yield* zipped(entries(), made);
}
