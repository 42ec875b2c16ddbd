import { SaxesParser } from 'saxes';
import { type CommentInFile, timeInFile } from './discussions';
import { odtAttribute, odtName } from './odt-styles';

const MOST_LETTERS = 100_000;
const MOST_NAME = 1_000;
const MOST_SPACES = 100;

type Open = {
  key: string;
  parent: string | null;
  isResolved: boolean;
  author: string;
  date: string;
  text: string;
};

/**
 * The comments of an OpenDocument text in their order. One is known by its name, as its end in the text is; without a name it has no end.
 * `xml` was checked before.
 */
export function odtComments(xml: string): CommentInFile[] {
  const all: Open[] = [];
  const names = new Set<string>();
  let open: Open | null = null;
  let into: 'author' | 'date' | 'text' | null = null;
  let lines = 0;
  const add = (what: 'author' | 'date' | 'text', words: string, most: number) => {
    if (open !== null && open[what].length < most) open[what] += words;
  };
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => {
    const name = odtName(tag);
    if (name === 'office:annotation') {
      const own = odtAttribute(tag, 'name') ?? '';
      const key = own === '' || names.has(own) ? ` ${all.length}` : own;
      names.add(key);
      const parent = odtAttribute(tag, 'parent-name') || null;
      open = {
        key,
        parent,
        isResolved: odtAttribute(tag, 'resolved') === 'true',
        author: '',
        date: '',
        text: '',
      };
      all.push(open);
    } else if (open === null) return;
    else if (name === 'creator') into = 'author';
    else if (name === 'date') into = 'date';
    else if (name === 'text:p' || name === 'text:h') {
      lines += 1;
      into = 'text';
      if (open.text !== '') add('text', '\n', MOST_LETTERS);
    } else if (lines > 0 && name === 'text:line-break') add('text', '\n', MOST_LETTERS);
    else if (lines > 0 && name === 'text:tab') add('text', '\t', MOST_LETTERS);
    else if (lines > 0 && name === 'text:s')
      add(
        'text',
        ' '.repeat(Math.min(MOST_SPACES, Math.max(1, Number(odtAttribute(tag, 'c') ?? 1) || 1))),
        MOST_LETTERS,
      );
  });
  parser.on('closetag', (tag) => {
    const name = odtName(tag);
    if (name === 'office:annotation') open = null;
    if (open === null) lines = 0;
    else if (name === 'text:p' || name === 'text:h') lines -= 1;
    if (open === null || name === 'creator' || name === 'date' || lines === 0) into = null;
  });
  const said = (words: string) => {
    if (into !== null) add(into, words, into === 'text' ? MOST_LETTERS : MOST_NAME);
  };
  parser.on('text', said);
  parser.on('cdata', said);
  parser.write(xml).close();
  return all.map(({ date, ...one }) => ({
    ...one,
    parent: one.parent === one.key ? null : one.parent,
    at: timeInFile(date.trim()),
  }));
}
