import { readdirSync, readFileSync } from 'node:fs';
import { cleanHtml } from '@/server/sources/clean-html';
import { hasInputs, INPUTS } from '../../support/inputs';

/** Small articles of ours with what makes offsets hard. */
const OURS = {
  'plain text and emphasis':
    '<h2>A head</h2><p>One <em>two</em> three.</p><p>Four <a href="https://example.org/">five</a>.</p>',
  'Chinese and Japanese':
    '<p>审计报告草案点名了九家公司。</p><p>「私たちは<strong>何も</strong>していない」と彼は言った。</p>',
  'emoji and other pairs':
    '<p>Family 👨‍👩‍👧 and flag 🇩🇪🇫🇷, 𝒳 and 👍🏽.</p><ul><li>🙂</li><li>e\u0301 é</li></ul>',
  'right to left': '<p dir="rtl">הדוח אומר <em>שלוש</em> חברות.</p><p>Mixed שלום and <b>مرحبا</b> text.</p>',
  'a table':
    '<table><tr><th>Firm</th><th>Sum</th></tr><tr><td>A</td><td>1</td></tr><tr><td></td><td>2</td></tr></table><p>After.</p>',
  'nested lists':
    '<ol><li>One<ul><li>inner <i>a</i></li><li>inner b</li></ul></li><li>Two<br>lines</li></ol>',
  'preformatted lines': '<pre>first\n  second\n\nthird</pre><p>end</p>',
  'text beside blocks': '<div>loose <p>a paragraph</p> tail</div><blockquote>said</blockquote>',
};

/** Clean html by name, as it is stored: our samples and, where they are present, the real pages. */
export function sampleArticles(): { name: string; html: string; text: string }[] {
  const pages = hasInputs ? readdirSync(`${INPUTS}/pages`) : [];
  return [
    ...Object.entries(OURS),
    ...pages.map((name) => [name, readFileSync(`${INPUTS}/pages/${name}/expected.html`, 'utf8')] as const),
  ].map(([name, source]) => ({ name, ...cleanHtml(source, 'https://example.org/') }));
}

/** An article of so many paragraphs, about two lines each. */
export function longArticle(paragraphs: number): string {
  return Array.from(
    { length: paragraphs },
    (_, at) =>
      `<p>Paragraph number ${at} tells of the firm and <em>its ${at} reports</em>, one after the other.</p>`,
  ).join('');
}
