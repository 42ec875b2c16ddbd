import fc from 'fast-check';

const WORDS = [
  ...['alpha', 'beta.', 'gamma —', 'a\u00a0b', '"quoted"', '<angle>', '& amp &amp;', 'naïve', 'e\u0301', 'ﬁ'],
  ...[
    '漢字',
    '日本語の\n文章',
    '。',
    '한국어',
    '👩‍👩‍👧',
    '🇫🇷',
    '𝒳',
    'שלום',
    'مرحبا\u200f',
    '\u200b',
    '\ufeff',
    '\u2028',
  ],
];
const SPACES = ['', ' ', '  ', '\n', '\t', '\r\n', ' \n\n ', '\f', '\u00a0', '&#13;', '&#10;', '&nbsp;'];

const escaped = (text: string) =>
  text.replace(/[<"]/g, (character) => (character === '<' ? '&lt;' : '&quot;'));
const words = fc
  .array(fc.tuple(fc.constantFrom(...SPACES), fc.constantFrom(...WORDS)), { maxLength: 4 })
  .chain((parts) =>
    fc
      .constantFrom(...SPACES)
      .map((last) => parts.map(([space, word]) => space + escaped(word)).join('') + last),
  );

const INLINE = [
  'a href="/x"',
  'b',
  'em',
  'span',
  'span lang="fr"',
  'sup',
  'code',
  'q',
  'u',
  'mark',
  'font',
  'ruby',
  'bdo dir="rtl"',
];
const BLOCK = [
  'p',
  'div',
  'section',
  'blockquote',
  'pre',
  'h2',
  'figure',
  'figcaption',
  'details',
  'center',
  'form',
];
const LISTS = ['ul', 'ol start="3"', 'dl'];

const wrap = (tag: string, inner: string) => `<${tag}>${inner}</${tag.split(' ')[0]}>`;

/** Html as pages have it: nested inline marks, blocks, lists, tables, white space anywhere, some of it misnested. */
export const articleHtml: fc.Arbitrary<string> = fc.letrec<{ flow: string; inline: string; many: string }>(
  (tie) => ({
    inline: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      words,
      fc.constantFrom('<br>', '<wbr>', '<!-- note -->', '<img src="x" alt="y">', '<b></b>', '<i> </i>'),
      fc
        .tuple(fc.constantFrom(...INLINE), tie('inline'), tie('inline'))
        .map(([tag, a, b]) => wrap(tag, a + b)),
    ),
    flow: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      tie('inline'),
      fc.constant('<hr>'),
      fc.tuple(fc.constantFrom(...BLOCK, ...INLINE), tie('many')).map(([tag, inner]) => wrap(tag, inner)),
      fc
        .tuple(fc.constantFrom(...LISTS), fc.array(tie('many'), { maxLength: 3 }))
        .map(([tag, items]) =>
          wrap(tag, items.map((item) => wrap(tag === 'dl' ? 'dd' : 'li', item)).join('\n')),
        ),
      fc
        .array(fc.array(tie('many'), { maxLength: 3 }), { maxLength: 3 })
        .map((rows) =>
          wrap(
            'table',
            rows.map((cells) => wrap('tr', cells.map((cell) => wrap('td', cell)).join(' '))).join('\n'),
          ),
        ),
    ),
    many: fc.array(tie('flow'), { maxLength: 4 }).map((parts) => parts.join('')),
  }),
).many;

const PIECES = [
  ...[
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<b>',
    '</b>',
    '<a href=x>',
    '</a>',
    '<h1>',
    '</h1>',
    '<h2>',
    '</h2>',
    '<li>',
  ],
  ...[
    '<ul>',
    '</ul>',
    '<table>',
    '</table>',
    '<tr>',
    '<td>',
    '</td>',
    '<th>',
    '<caption>',
    '</caption>',
    '<tbody>',
  ],
  ...[
    '<pre>',
    '</pre>',
    '\n',
    ' ',
    'text',
    '<br>',
    '</br>',
    '<dd>',
    '<dt>',
    '<dl>',
    '<span>',
    '</span>',
    '<q>',
    '</q>',
  ],
  ...[
    '<blockquote>',
    '</blockquote>',
    '<svg>',
    '</svg>',
    '<math>',
    '<mi>',
    '<form>',
    '</form>',
    '<select>',
    '<option>',
  ],
  ...[
    '<i>',
    '</i>',
    '<nobr>',
    '<button>',
    '</button>',
    '<textarea>',
    '</textarea>',
    '<title>',
    '</title>',
    '<template>',
  ],
  ...[
    '</template>',
    '<script>',
    '</script>',
    '<style>',
    '</style>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '&amp;lt;',
  ],
  ...[
    '<ruby>',
    '<rt>',
    '<rp>',
    '<figure>',
    '<figcaption>',
    '<hr>',
    '<font>',
    '<object>',
    '<marquee>',
    '</marquee>',
    '<',
  ],
];

/** Tags in any order: what no author writes and every parser must survive. */
export const tagSoup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 60 })
  .map((pieces) => pieces.join(''));
