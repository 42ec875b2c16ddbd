import type { ChainedCommands, Editor } from '@tiptap/core';
import {
  Bold,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link,
  List,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  MessageSquarePlus,
  MessageSquareQuote,
  Minus,
  Redo2,
  SquareCode,
  Strikethrough,
  Table,
  TextQuote,
  Undo2,
} from 'lucide-react';
import { insertTable } from './slash-items';

export type Tool = {
  readonly id: string;
  readonly label: string;
  readonly shortcut?: string;
  /** A picture, or words where no picture would say it. */
  readonly face: LucideIcon | string;
  readonly isOn?: (editor: Editor) => boolean;
  readonly can?: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
};
export type ToolGroup = {
  readonly label: string;
  readonly when?: 'in-table';
  readonly tools: readonly Tool[];
};

type Rest = { shortcut?: string; isOn?: Tool['isOn']; can?: Tool['can'] };

/** A tool that runs one editor command at the selection. */
function tool(
  id: string,
  label: string,
  face: LucideIcon | string,
  command: (chain: ChainedCommands) => ChainedCommands,
  rest: Rest = {},
): Tool {
  return { id, label, face, run: (editor) => command(editor.chain().focus()).run(), ...rest };
}

const on = (name: string, attributes?: Record<string, unknown>) => (editor: Editor) =>
  editor.isActive(name, attributes);

const HEADINGS = [
  [1, Heading1],
  [2, Heading2],
  [3, Heading3],
] as const;

type Wishes = { onLink: () => void; onQuote: () => void; onComment: () => void };

/** The toolbar from left to right. */
export function toolsFor({ onLink, onQuote, onComment }: Wishes): ToolGroup[] {
  return [
    {
      label: 'History',
      tools: [
        tool('undo', 'Undo', Undo2, (chain) => chain.undo(), {
          shortcut: 'Ctrl Z',
          can: (editor) => editor.can().undo(),
        }),
        tool('redo', 'Redo', Redo2, (chain) => chain.redo(), {
          shortcut: 'Ctrl Y',
          can: (editor) => editor.can().redo(),
        }),
      ],
    },
    // Early, so that it is in sight on a narrow page too.
    {
      label: 'Table',
      when: 'in-table',
      tools: [
        tool('add-row', 'Add row below', '+ Row', (chain) => chain.addRowAfter()),
        tool('add-column', 'Add column after', '+ Column', (chain) => chain.addColumnAfter()),
        tool('delete-row', 'Delete row', '− Row', (chain) => chain.deleteRow()),
        tool('delete-column', 'Delete column', '− Column', (chain) => chain.deleteColumn()),
        tool('delete-table', 'Delete table', '− Table', (chain) => chain.deleteTable()),
      ],
    },
    {
      label: 'Insert',
      tools: [
        { id: 'quote-chip', label: 'Quote a mark', face: MessageSquareQuote, run: onQuote },
        {
          id: 'comment',
          label: 'Discuss the selected words',
          shortcut: 'Ctrl Alt M',
          face: MessageSquarePlus,
          can: (editor) => !editor.state.selection.empty,
          run: onComment,
        },
      ],
    },
    {
      label: 'Text',
      tools: [
        tool('bold', 'Bold', Bold, (chain) => chain.toggleBold(), { shortcut: 'Ctrl B', isOn: on('bold') }),
        tool('italic', 'Italic', Italic, (chain) => chain.toggleItalic(), {
          shortcut: 'Ctrl I',
          isOn: on('italic'),
        }),
        tool('strike', 'Strikethrough', Strikethrough, (chain) => chain.toggleStrike(), {
          shortcut: 'Ctrl Shift S',
          isOn: on('strike'),
        }),
        tool('code', 'Code', Code, (chain) => chain.toggleCode(), { shortcut: 'Ctrl E', isOn: on('code') }),
        {
          id: 'link',
          label: 'Link',
          shortcut: 'Ctrl K',
          face: Link,
          isOn: on('link'),
          run: onLink,
        },
      ],
    },
    {
      label: 'Headings',
      tools: HEADINGS.map(([level, face]) =>
        tool(`heading-${level}`, `Heading ${level}`, face, (chain) => chain.toggleHeading({ level }), {
          shortcut: `Ctrl Alt ${level}`,
          isOn: on('heading', { level }),
        }),
      ),
    },
    {
      label: 'Blocks',
      tools: [
        tool('bullet-list', 'Bulleted list', List, (chain) => chain.toggleBulletList(), {
          shortcut: 'Ctrl Shift 8',
          isOn: on('bulletList'),
        }),
        tool('ordered-list', 'Numbered list', ListOrdered, (chain) => chain.toggleOrderedList(), {
          shortcut: 'Ctrl Shift 7',
          isOn: on('orderedList'),
        }),
        tool('task-list', 'Task list', ListTodo, (chain) => chain.toggleTaskList(), {
          shortcut: 'Ctrl Shift 9',
          isOn: on('taskList'),
        }),
        tool('blockquote', 'Block quotation', TextQuote, (chain) => chain.toggleBlockquote(), {
          shortcut: 'Ctrl Shift B',
          isOn: on('blockquote'),
        }),
        tool('code-block', 'Code block', SquareCode, (chain) => chain.toggleCodeBlock(), {
          shortcut: 'Ctrl Alt C',
          isOn: on('codeBlock'),
        }),
        tool('divider', 'Divider', Minus, (chain) => chain.setHorizontalRule()),
        {
          id: 'table',
          label: 'Table',
          face: Table,
          run: insertTable,
          can: (editor) => !editor.isActive('table'),
        },
      ],
    },
  ];
}
