import { type DefaultTreeAdapterTypes, html as html5, parseFragment } from 'parse5';
import { DROPPED_TAGS } from '@/lib/sources/allow-list';
import { readArticle } from '@/server/sources/read-article';
import { XSS_CASES, type XssCase } from '../../support/xss-cases';
import { bare } from './lay-out';

/** Many cases as one html: each after a sentence of its own, which a reader keeps and which tells that it was there. */
export type Batch = { readonly html: string; readonly sentences: readonly string[] };

const ENDS =
  '\'>">-->]]></script></style></title></textarea></xmp></noembed></noframes></noscript></iframe></template></option>' +
  '</select></svg></math></table></form></button></object>';
const LAST = 'And here it goes on.';
const sentence = ({ id }: XssCase) =>
  `The harbour office wrote sentence number ${id}, which is long enough to count as prose, has a comma, and stays.`;

const batchOf = (cases: readonly XssCase[]): Batch => ({
  html: cases.map((one) => `<p>${sentence(one)}</p>\n${one.payload}${ENDS}`).join('\n'),
  sentences: cases.map((one) => bare(sentence(one))),
});

/** The cases in groups; one that swallows what comes after it stands at the end of its group. */
function groups(swallows: (one: XssCase) => boolean): XssCase[][] {
  const last = XSS_CASES.filter(swallows);
  const others = XSS_CASES.filter((one) => !last.includes(one));
  const count = Math.max(last.length, 3);
  const from = (at: number) => Math.floor((at * others.length) / count);
  return Array.from({ length: count }, (_, at) => [
    ...others.slice(from(at), from(at + 1)),
    ...last.slice(at, at + 1),
  ]);
}

/** Whether a browser builds the last paragraph where it is shown, and not within something that is taken away. */
function standsFree(html: string): boolean {
  const find = (node: DefaultTreeAdapterTypes.Node): boolean => {
    if ('value' in node) return node.value === LAST;
    if ('tagName' in node && (DROPPED_TAGS.has(node.tagName) || node.namespaceURI !== html5.NS.HTML))
      return false;
    return 'childNodes' in node && node.childNodes.some(find);
  };
  // As in the sanitiser's own document, where no script could run.
  return find(parseFragment(`${html}<p>${LAST}</p>`, { scriptingEnabled: false }));
}

/** All cases as html that a browser builds a page from. */
export const batchesForScreen = (): Batch[] =>
  groups(({ payload }) => !standsFree(payload + ENDS)).map(batchOf);

/** All cases as html that is brought in: the reader of pages, which parses by rules of its own, keeps each sentence. */
export function batchesForImport(): Batch[] {
  const swallows = (one: XssCase) =>
    !readArticle(pageOf({ html: `${batchOf([one]).html}<p>${LAST}</p>` }), null).text.includes(LAST);
  return groups(swallows).flatMap(kept);
}

/** The cases as one batch, or as several when the reader would leave some of the sentences out. */
function kept(cases: readonly XssCase[]): Batch[] {
  const batch = batchOf(cases);
  const read = bare(readArticle(pageOf(batch), null).text);
  const left = cases.filter((one) => !read.includes(bare(sentence(one))));
  if (left.length === 0) return [batch];
  const half = Math.ceil(cases.length / 2);
  const [some, others] =
    left.length < cases.length
      ? [cases.filter((one) => !left.includes(one)), left]
      : [cases.slice(0, half), cases.slice(half)];
  if (others.length === 0) throw new Error(`The reader leaves out what stands before: ${cases[0]?.name}`);
  return [...kept(some), ...kept(others)];
}

/** A page of the web with a batch for its article. */
export const pageOf = ({ html }: Pick<Batch, 'html'>) =>
  `<!doctype html><title>Batch</title><article>${html}</article>`;
