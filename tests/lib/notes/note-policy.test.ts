import { createHash } from 'node:crypto';
import { getSchema } from '@tiptap/core';
import { expect, it } from 'vitest';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { NOTE_POLICY, NOTE_POLICY_VERSION } from '@/lib/notes/note-policy';

const VALUES = [
  null,
  true,
  false,
  0,
  1,
  3,
  7,
  1_001,
  -5,
  1.5,
  '',
  'a',
  'left',
  'ts',
  '"><img>',
  'https://example.org',
  'mailto:a@example.org',
  'javascript:alert(1)',
  'data:text/html,x',
  '0190a1b2-0000-7000-8000-000000000000',
  [1, 2],
  ['x'],
  {},
  { href: 'https://example.org' },
  { href: 'javascript:alert(1)' },
  { href: 'https://example.org', target: '_blank' },
  { class: 'x' },
  { threadId: '0190a1b2-0000-7000-8000-000000000000' },
  { threadId: 'none' },
];

/** All that the rules say about the schema's own names, and some others. */
function described(): string {
  const schema = getSchema(noteSchemaExtensions());
  const nodes = ['', 'script', ...Object.keys(schema.nodes)];
  const marks = ['blink', ...Object.keys(schema.marks)];
  const keys = new Set(Object.values(schema.nodes).flatMap(({ spec }) => Object.keys(spec.attrs ?? {})));
  const lines: string[] = [[...NOTE_POLICY.roots].join()];
  for (const node of nodes) {
    lines.push(`${node} text ${NOTE_POLICY.allowsText(node)} embed ${NOTE_POLICY.allowsEmbed(node, {})}`);
    for (const child of nodes) lines.push(`${node} ${child} ${NOTE_POLICY.allowsChild(node, child)}`);
    for (const value of VALUES) {
      const word = JSON.stringify(value);
      for (const key of ['onclick', 'src', ...keys]) {
        lines.push(`${node} ${key} ${word} ${NOTE_POLICY.allowsAttribute(node, key, value)}`);
      }
      for (const mark of marks)
        lines.push(`${node} ${mark} ${word} ${NOTE_POLICY.allowsMark(node, mark, value)}`);
    }
  }
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

it('changes its version whenever it allows something else: stored notes are then looked over again', () => {
  expect({ version: NOTE_POLICY_VERSION, rules: described() }).toEqual({
    version: 4,
    rules: '5fbc159c728a3c8b',
  });
});
