import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { canonicalText } from '../../lib/sources/canonical-text';
import { parseClean } from '../../server/sources/clean-html';

/** A page with the text that is its article. */
export type Page = {
  readonly name: string;
  readonly html: string;
  readonly meant: string;
  readonly url: string;
};

/** Rules are made while looking at one half of the pages alone; which, their names decide. */
export function halfOf(name: string): 'seen' | 'held out' {
  return (createHash('sha256').update(name).digest()[0] ?? 0) % 2 === 0 ? 'seen' : 'held out';
}

/** Folders of `source.html` and `expected.html`, as the tests of Readability have them. */
function* testPages(folder: string): Generator<Page> {
  for (const name of readdirSync(folder).sort()) {
    const [source, expected] = [join(folder, name, 'source.html'), join(folder, name, 'expected.html')];
    if (!existsSync(source) || !existsSync(expected)) continue;
    const meant = canonicalText(parseClean(readFileSync(expected, 'utf8'))).text;
    yield { name, html: readFileSync(source, 'utf8'), meant, url: 'https://example.com/page.html' };
  }
}

/** The article extraction benchmark: `ground-truth.json` beside packed pages. */
function* benchmarkPages(folder: string): Generator<Page> {
  const truth = JSON.parse(readFileSync(join(folder, 'ground-truth.json'), 'utf8')) as Record<
    string,
    { articleBody?: string; url: string }
  >;
  for (const [name, { articleBody = '', url }] of Object.entries(truth)) {
    const html = gunzipSync(readFileSync(join(folder, 'html', `${name}.html.gz`))).toString('utf8');
    yield {
      name: `${URL.parse(url)?.hostname.replace('www.', '') ?? ''} ${name.slice(0, 6)}`,
      html,
      meant: articleBody,
      url,
    };
  }
}

/** All pages of a folder, in the shape of either collection. */
export function pagesOf(folder: string): Page[] {
  return [...(existsSync(join(folder, 'ground-truth.json')) ? benchmarkPages(folder) : testPages(folder))];
}
