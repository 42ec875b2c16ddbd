import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, pieceAt, pointAt, type TreeNode } from '@/lib/sources/canonical-text';
import { cleanHtml } from '@/server/sources/clean-html';
import { articleHtml } from '../../support/arbitrary-html';
import { parseAsInnerHtml } from '../../support/parse-tree';

const SEED = 20_261_124;
const cleanTree = articleHtml.map((source) => parseAsInnerHtml(cleanHtml(source, null).html));

/** Every text node of a tree, in order, found without the walk under test. */
function texts(node: TreeNode): TreeNode[] {
  return node.nodeType === 3 ? [node] : Array.from(node.childNodes).flatMap(texts);
}

describe('canonicalText', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<p>One<br>Two<br><br>Three</p>', 'One\nTwo\nThree'],
    ['<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>', 'a\nb\nc\n\nd'],
    ['<table><tbody><tr><td>1</td><td></td><td>3</td></tr><tr><td>4</td></tr></tbody></table>', '1\t3\n4'],
    [
      '<table><caption>C</caption><thead><tr><th>H</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>',
      'C\n\nH\nx',
    ],
    ['<dl><dt>Term</dt><dd>Meaning</dd></dl>', 'Term\nMeaning'],
    ['<p>a<b>b</b><i>c</i></p><hr><p>d</p>', 'abc\n\nd'],
    ['<pre>x\n  y</pre>', 'x\n  y'],
    ['<p>שלום 👩‍👩‍👧 漢字</p>', 'שלום 👩‍👩‍👧 漢字'],
    ['', ''],
  ])('of %j is %j', (html, text) => {
    expect(canonicalText(parseAsInnerHtml(html)).text).toBe(text);
  });

  it('holds every text node letter for letter, in order, with only separators between', () => {
    fc.assert(
      fc.property(cleanTree, (tree) => {
        const { text, pieces } = canonicalText(tree);
        expect(pieces.map(({ node }) => node)).toEqual(texts(tree));
        let before = 0;
        for (const { node, start, end } of pieces) {
          expect(text.slice(start, end)).toBe(node.data);
          expect(['', '\t', '\n', '\n\n']).toContain(text.slice(before, start));
          before = end;
        }
        expect(before).toBe(text.length);
        expect(pieces[0]?.start ?? 0).toBe(0);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('pointAt', () => {
  it('leads from every offset to a point that leads back, or over the separator it stands in', () => {
    fc.assert(
      fc.property(cleanTree, (tree) => {
        const canonical = canonicalText(tree);
        const { text, pieces } = canonical;
        const offsetOf = (point: ReturnType<typeof pointAt>) => {
          const piece = pieces.find(({ node }) => node === point?.node);
          return (piece?.start ?? Number.NaN) + (point?.index ?? Number.NaN);
        };
        for (let offset = 0; pieces.length > 0 && offset <= text.length; offset += 1) {
          const start = offsetOf(pointAt(canonical, offset, 'start'));
          const end = offsetOf(pointAt(canonical, offset, 'end'));
          expect(start).toBeGreaterThanOrEqual(offset);
          expect(end).toBeLessThanOrEqual(offset);
          expect(text.slice(offset, start)).toMatch(/^[\t\n]{0,2}$/);
          expect(text.slice(end, offset)).toMatch(/^[\t\n]{0,2}$/);
          const at = pieces[Math.max(0, pieceAt(pieces, offset))];
          if (at && offset > at.start && offset < at.end) expect([start, end]).toEqual([offset, offset]);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('gives a start the node it opens and an end the node it closes, where two touch', () => {
    const canonical = canonicalText(parseAsInnerHtml('<p>ab<b>cd</b></p>'));
    expect(pointAt(canonical, 2, 'start')).toMatchObject({ node: { data: 'cd' }, index: 0 });
    expect(pointAt(canonical, 2, 'end')).toMatchObject({ node: { data: 'ab' }, index: 2 });
  });

  it('is null in a tree without text', () => {
    expect(pointAt(canonicalText(parseAsInnerHtml('<p></p>')), 0, 'start')).toBeNull();
  });
});
