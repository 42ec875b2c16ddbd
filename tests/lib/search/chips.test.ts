import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipsOf, withField, withoutChip } from '@/lib/search/chips';
import { parseQuery } from '@/lib/search/parse-query';
import { printQuery } from '@/lib/search/print-query';
import type { Node } from '@/lib/search/query';

/** What a query means, whatever it looked like. */
const meaning = (text: string): unknown => {
  const bare = (node: Node): unknown => {
    if ('nodes' in node) return { ...node, nodes: node.nodes.map(bare) };
    if ('node' in node) return { ...node, node: bare(node.node) };
    return { ...node, start: 0, end: 0 };
  };
  const { root } = parseQuery(text);
  return root === null ? null : bare(root);
};

const word = fc.constantFrom('harbour', 'bridge', 'cra*', '"a phrase"', '-denied', '(leak OR spill)');
const field = fc.constantFrom(
  'code:Denial',
  'by:me',
  '-speaker:"Hanne Lund"',
  'status:open',
  'before:2026-01-01',
  '(code:A OR code:"B C")',
  '-(by:ada OR by:ben)',
);
const query = fc.array(fc.oneof(word, field), { maxLength: 8 });

describe('The chips of a search', () => {
  it('are its fields, wanted or not, and several of which one will do', () => {
    expect(chipsOf('bridge code:Denial -by:me (status:open OR status:done) "x"')).toEqual([
      { text: 'code:Denial', isNot: false, fields: [{ field: 'code', value: 'Denial' }] },
      { text: '-by:me', isNot: true, fields: [{ field: 'by', value: 'me' }] },
      {
        text: 'status:open OR status:done',
        isNot: false,
        fields: [
          { field: 'status', value: 'open' },
          { field: 'status', value: 'done' },
        ],
      },
    ]);
    expect(chipsOf('code:A OR bridge')).toEqual([]);
  });

  it('go one by one, and what stays means what it meant', () => {
    fc.assert(
      fc.property(query, fc.nat(), (parts, pick) => {
        const text = parts.join(' ');
        const chips = chipsOf(text);
        if (chips.length === 0) return;
        const number = pick % chips.length;
        const fields = parts.flatMap((part, at) => (chipsOf(part).length > 0 ? [at] : []));
        const rest = parts.filter((_, at) => at !== fields[number]).join(' ');
        expect(meaning(withoutChip(text, number))).toEqual(meaning(rest));
      }),
    );
  });

  it('are added without a change to the rest, and taken away again', () => {
    fc.assert(
      fc.property(query, fc.boolean(), (parts, isNot) => {
        const text = parts.join(' ');
        const narrowed = withField(text, 'source', 'The “Harbour” report', isNot);
        const chips = chipsOf(narrowed);
        expect(chips.at(-1)).toMatchObject({ isNot, fields: [{ field: 'source' }] });
        expect(meaning(withoutChip(narrowed, chips.length - 1))).toEqual(meaning(text));
      }),
    );
  });

  it('print as they are read', () => {
    fc.assert(
      fc.property(query, (parts) => {
        const text = parts.join(' ');
        expect(meaning(printQuery(parseQuery(text)))).toEqual(meaning(text));
      }),
    );
  });
});
