import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_TEXT } from '../../server/sample/article';
import { articleFromText } from '../../server/sources/import-text';
import { readArticle } from '../../server/sources/read-article';

/** A text to measure on, by name. Texts of one `story` say the same in other words. */
export type NamedText = { readonly name: string; readonly text: string; readonly story: string };

const INPUTS = join(import.meta.dirname, '../../../shared/inputs');

/** The canonical texts that our own import makes of the sample article, and of the saved pages where they are present. */
export function readTexts(say: (line: string) => void): NamedText[] {
  const texts: NamedText[] = [{ name: 'sample', text: articleFromText(SAMPLE_TEXT).text, story: 'audit' }];
  if (!existsSync(INPUTS)) {
    say('The saved pages are absent: measuring on the sample article alone.');
    return texts;
  }
  texts.push({
    name: 'article',
    text: articleFromText(readFileSync(join(INPUTS, 'article.txt'), 'utf8')).text,
    story: 'audit',
  });
  for (const name of readdirSync(join(INPUTS, 'pages')).toSorted()) {
    const page = readFileSync(join(INPUTS, 'pages', name, 'source.html'), 'utf8');
    texts.push({ name, text: readArticle(page, 'https://example.org/').text, story: name });
  }
  return texts.filter(({ text }) => text.length > 1_500);
}
