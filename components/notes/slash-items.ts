import type { Editor } from '@tiptap/core';
import { LIVING_QUERY } from '@/lib/notes/note-content';

/** What the `/` menu can put in. */
export type SlashItem = {
  readonly id: string;
  readonly label: string;
  /** How it is typed in Markdown, or what it is for. */
  readonly hint: string;
  /** Other words it is found by. */
  readonly also: string;
  readonly run: (editor: Editor) => void;
};

/** Adds a table, and a paragraph after it when it would end the note: there must be a way out of it. */
export function insertTable(editor: Editor): void {
  editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
  const { state } = editor;
  if (state.doc.lastChild?.type.name !== 'table') return;
  const { tr } = state;
  editor.view.dispatch(tr.insert(tr.doc.content.size, state.schema.node('paragraph')));
}

const heading = (level: 1 | 2 | 3): SlashItem => ({
  id: `heading-${level}`,
  label: `Heading ${level}`,
  hint: '#'.repeat(level),
  also: `title h${level}`,
  run: (editor) => editor.chain().focus().setHeading({ level }).run(),
});

/** The menu's items; `onQuote` opens the list of marks. */
export function slashItems(quoteLabel: string, onQuote: () => void): readonly SlashItem[] {
  return [
    { id: 'quote-chip', label: quoteLabel, hint: 'A mark', also: 'cite chip mark annotation', run: onQuote },
    {
      id: 'reference',
      label: 'Link to a claim, source or note',
      hint: '[[',
      also: 'reference thing',
      run: (editor) => editor.chain().focus().insertContent('[[').run(),
    },
    {
      id: 'living-query',
      label: 'Living search',
      hint: 'What is found',
      also: 'query find live',
      run: (editor) =>
        editor
          .chain()
          .focus()
          .insertContent({ type: LIVING_QUERY, attrs: { query: '' } })
          .run(),
    },
    heading(1),
    heading(2),
    heading(3),
    {
      id: 'bullet-list',
      label: 'Bulleted list',
      hint: '-',
      also: 'ul unordered',
      run: (editor) => editor.chain().focus().toggleBulletList().run(),
    },
    {
      id: 'ordered-list',
      label: 'Numbered list',
      hint: '1.',
      also: 'ol ordered',
      run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      id: 'task-list',
      label: 'Task list',
      hint: '[ ]',
      also: 'todo checkbox check',
      run: (editor) => editor.chain().focus().toggleTaskList().run(),
    },
    {
      id: 'blockquote',
      label: 'Block quotation',
      hint: '>',
      also: 'blockquote',
      run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    },
    {
      id: 'code-block',
      label: 'Code block',
      hint: '```',
      also: 'pre monospace',
      run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
    },
    { id: 'table', label: 'Table', hint: '3 × 3', also: 'grid rows columns', run: insertTable },
    {
      id: 'divider',
      label: 'Divider',
      hint: '---',
      also: 'hr rule line',
      run: (editor) => editor.chain().focus().setHorizontalRule().run(),
    },
  ];
}

/** The items a typed query finds, those whose label begins with it first. */
export function findItems(items: readonly SlashItem[], query: string): readonly SlashItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items;
  const rank = (item: SlashItem) => {
    const label = item.label.toLowerCase();
    if (label.startsWith(wanted)) return 0;
    return `${label} ${item.also}`.split(' ').some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return items.filter((item) => rank(item) < 2).sort((a, b) => rank(a) - rank(b));
}
