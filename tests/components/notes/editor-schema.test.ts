import { getSchema } from '@tiptap/core';
import { Node as DocumentNode } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { isAllowedHref, readHref } from '@/lib/notes/link-policy';
import { isAllowedAttribute } from '@/lib/notes/note-attributes';

const schema = getSchema(noteSchemaExtensions());

describe('the schema of a note', () => {
  it('is built without a page and holds exactly these nodes and marks', () => {
    expect(Object.keys(schema.nodes).sort()).toEqual(
      [
        ...['doc', 'text', 'paragraph', 'heading', 'hardBreak', 'horizontalRule', 'blockquote', 'codeBlock'],
        ...['bulletList', 'orderedList', 'listItem', 'taskList', 'taskItem'],
        ...['table', 'tableRow', 'tableHeader', 'tableCell', 'quoteChip', 'reference', 'livingQuery'],
      ].sort(),
    );
    expect(Object.keys(schema.marks).sort()).toEqual(['bold', 'code', 'italic', 'link', 'strike', 'thread']);
  });

  it('has the quote chip as an inline atom that carries an annotation id and nothing else', () => {
    const chip = schema.nodes.quoteChip;
    expect(chip?.isInline && chip.isAtom).toBe(true);
    expect(Object.keys(chip?.spec.attrs ?? {})).toEqual(['annotationId']);
    const id = newId();
    const doc = schema.node('doc', null, [
      schema.node('paragraph', null, [schema.text('See '), schema.node('quoteChip', { annotationId: id })]),
    ]);
    expect(() => DocumentNode.fromJSON(schema, doc.toJSON()).check()).not.toThrow();
  });

  it('links to a thing by its kind and id, and keeps a query with what it was frozen as', () => {
    expect(Object.keys(schema.nodes.reference?.spec.attrs ?? {})).toEqual(['kind', 'id']);
    expect(Object.keys(schema.nodes.livingQuery?.spec.attrs ?? {})).toEqual(['query', 'frozenId']);
    expect(isAllowedAttribute('reference', 'kind', 'claim')).toBe(true);
    expect(isAllowedAttribute('reference', 'kind', 'constructor')).toBe(false);
    expect(isAllowedAttribute('livingQuery', 'query', 'x'.repeat(1_001))).toBe(false);
  });

  it('lets no chip into code', () => {
    const chip = schema.node('quoteChip', { annotationId: newId() });
    expect(schema.nodes.codeBlock?.contentMatch.matchType(chip.type)).toBeNull();
  });

  it('lets a passage of code be discussed, and of all marks nothing else into a block of it', () => {
    const allowed = (name: string) =>
      Object.keys(schema.marks).filter((mark) =>
        schema.nodes[name]?.allowsMarkType(schema.marks[mark] as never),
      );
    expect(allowed('codeBlock')).toEqual(['thread']);
    expect(allowed('paragraph').sort()).toEqual(Object.keys(schema.marks).sort());
  });

  it('gives a link no target, rel or class of its own', () => {
    expect(Object.keys(schema.marks.link?.spec.attrs ?? {})).toEqual(['href']);
  });

  it('draws an allowed link with fixed target and rel, a forged one without an address', () => {
    const draw = (href: unknown) => {
      const mark = schema.mark('link', { href });
      return JSON.stringify(mark.type.spec.toDOM?.(mark, true));
    };
    expect(JSON.parse(draw('https://example.org/'))).toEqual([
      'a',
      { href: 'https://example.org/', target: '_blank', rel: 'noopener noreferrer nofollow' },
      0,
    ]);
    for (const forged of ['javascript:alert(1)', { toString: 1 }, null, 7]) {
      expect(draw(forged)).not.toMatch(/href|javascript/);
    }
  });
});

describe('where a note may link', () => {
  it.each([
    'http://example.org',
    'https://example.org/a?b#c',
    'HTTPS://EXAMPLE.ORG',
    'mailto:name@example.org',
    'https://例え.jp/',
  ])('allows %j', (href) => {
    expect(isAllowedHref(href)).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java\r\nscript:alert(1)',
    'javascript\t:alert(1)',
    'javascript:https://example.org',
    'javascript://example.org/%0Aalert(1)',
    'view-source:javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'DATA:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    'ftp://example.org',
    'tel:+123',
    '//example.org',
    '/projects',
    '#anchor',
    '',
    undefined,
    null,
    { href: 'https://example.org' },
  ])('refuses %j', (href) => {
    expect(isAllowedHref(href)).toBe(false);
  });

  it('never allows a javascript address, wherever blanks and control characters stand in it', () => {
    const blanks = [...Array(33).keys(), 0xa0, 0x2028, 0x3000].map((code) => String.fromCharCode(code));
    const noise = fc.array(fc.constantFrom(...blanks), { maxLength: 3 }).map((some) => some.join(''));
    const spelled = fc
      .tuple(
        ...Array.from('javascript:', (letter) =>
          fc.tuple(noise, fc.constantFrom(letter, letter.toUpperCase())),
        ),
      )
      .map((parts) => `${parts.flat().join('')}alert(1)`);
    fc.assert(
      fc.property(spelled, (href) => !isAllowedHref(href)),
      { seed: 20260101, numRuns: 2_000 },
    );
  });

  it.each([
    ['example.org', 'https://example.org'],
    ['  example.org/path?x=1 ', 'https://example.org/path?x=1'],
    ['name@example.org', 'mailto:name@example.org'],
    ['http://example.org', 'http://example.org'],
    ['example.org:8080/a', 'https://example.org:8080/a'],
    ['javascript:alert(1)', null],
    ['javascript.com:alert(1)', null],
    ['nonsense', null],
    ['two words.org', null],
    ['', null],
  ])('reads what was typed as %j into %j', (typed, href) => {
    expect(readHref(typed)).toBe(href);
  });
});
