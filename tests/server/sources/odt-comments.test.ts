import { expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import { archive, odtParts } from '@/tests/support/archives';

const p = (text: string) => `<text:p>${text}</text:p>`;
type More = { readonly name?: string; readonly more?: string; readonly date?: string };
const said = (text: string, { name, more = '', date = '2026-05-04T09:30:00.123456789' }: More = {}) =>
  `<office:annotation${name ? ` office:name="${name}"` : ''}${more}><dc:creator>Ada</dc:creator><dc:date>${date}</dc:date>${text}</office:annotation>`;
const end = (name: string) => `<office:annotation-end office:name="${name}"/>`;
const LO = ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"';

async function read(body: string) {
  const article = await articleFromFile('report.odt', archive(odtParts(body)));
  const { text, discussions = [] } = article;
  const about = discussions.map(({ span, said: all }) => [
    span && text.slice(span.start, span.end),
    ...all.map((one) => one.text),
  ]);
  return { ...article, discussions, about };
}

it('Comments of an OpenDocument text are discussions of the words they stand at, replies in their order', async () => {
  const { about, discussions, text } = await read(
    p(
      `The 🐟 port ${said(p('Was it?') + p('I<text:s/>doubt<text:line-break/>it.'), { name: 'a' })}${said(p('It was.'), { name: 'b', more: `${LO} loext:parent-name="a"` })}was <text:span>closed</text:span>${end('a')}${end('b')}. `,
    ) +
      `<table:table><table:table-row><table:table-cell>${p(`${said(p('Sure?'), { name: 'c', more: `${LO} loext:resolved="true"` })}Sum`)}</table:table-cell></table:table-row></table:table>` +
      p(
        `Next<text:note><text:note-citation>1</text:note-citation><text:note-body>${p(`Says the ${said(p('Which?'), { name: 'd' })}ledger${end('d')}.`)}</text:note-body></text:note>${end('c')}`,
      ),
  );
  expect(text).toBe('The 🐟 port was closed.\n\nSum\n\nNext[1]\n\nSays the ledger.');
  expect(about).toEqual([
    ['was closed', 'Was it?\nI doubt\nit.', 'It was.'],
    ['Sum\n\nNext[1]', 'Sure?'],
    ['ledger', 'Which?'],
  ]);
  expect(discussions.map(({ isResolved }) => isResolved)).toEqual([false, true, false]);
  expect(discussions[0]?.said[0]).toMatchObject({ author: 'Ada', at: '2026-05-04T09:30:00.123Z' });
});

it('Comments of an OpenDocument text are about the whole where no words are theirs', async () => {
  const { about, leftOut } = await read(
    '<text:tracked-changes><text:changed-region><text:deletion>' +
      p(`${said(p('Struck'), { name: 's' })}Struck.${end('s')}`) +
      '</text:deletion></text:changed-region></text:tracked-changes>' +
      p(
        `Kept${said(p('At a point'))}${said('', { name: 'x' })}.${said(p('Here'), { name: 't' })} Words${end('t')}`,
      ),
  );
  expect(about).toEqual([
    [null, 'Struck'],
    [null, 'At a point'],
    ['Words', 'Here'],
  ]);
  expect(leftOut).toEqual([
    '1 comment without words.',
    'What was struck out in tracked changes; what was added in them is in the text.',
  ]);
});
