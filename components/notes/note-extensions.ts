import { type AnyExtension, Extension } from '@tiptap/core';
import { Collaboration, isChangeOrigin } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Placeholder } from '@tiptap/extensions';
import { Plugin } from '@tiptap/pm/state';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import { THREAD_MARK } from '@/lib/notes/note-content';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { personColour } from '../ui/avatar';
import { ShownQuoteChip } from './chip-node';
import type { ChipFacts, ChipSource } from './chip-source';
import { ShownLivingQuery, type ShownQueries } from './living-query/query-node';
import type { NoteSession } from './note-session';
import { ReadSelection } from './read-selection';
import { referenceItems, ShownReference } from './reference-node';
import { findItems, type SlashItem } from './slash-items';
import { ShownThreadMark } from './talk/thread-marks';
import { TaskFollowUp } from './task-follow-up';
import type { TaskFollowUps } from './task-follow-ups';
import { LINKS, PEOPLE, SLASH, textMenuKeys } from './text-menu-plugin';
import type { ThingSource } from './thing-source';

type Given = {
  session: NoteSession;
  chips: ChipSource;
  things: ThingSource;
  followUps: TaskFollowUps;
  queries: ShownQueries;
  slash: readonly SlashItem[];
  onShow: (facts: ChipFacts) => void;
  onLink: () => void;
  /** Follows up a task of the note, given its words. */
  onFollowUp: (words: string) => void;
  onThread: (threadId: string) => void;
  onComment: () => void;
};

/** A reader's page changes nothing, not even by a plugin that tidies up what others wrote. */
const OnlyWritersWrite = Extension.create({
  name: 'onlyWritersWrite',
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        filterTransaction: (tr) => !tr.docChanged || editor.isEditable || isChangeOrigin(tr),
      }),
    ];
  },
});

const LinkKey = Extension.create<{ onLink: () => void }>({
  name: 'linkKey',
  addOptions() {
    return { onLink: () => undefined };
  },
  addKeyboardShortcuts() {
    return {
      'Mod-k': () => {
        this.options.onLink();
        return true;
      },
    };
  },
});

const userOf = (user: Record<string, unknown>) => ({
  colour: `var(--code-${personColour(String(user.id ?? ''))})`,
  name: String(user.name ?? 'Someone'),
});

function caret(user: Record<string, unknown>, clientId?: number): HTMLElement {
  const { colour, name } = userOf(user);
  const element = document.createElement('span');
  element.className = 'note-caret';
  if (clientId !== undefined) element.dataset.client = String(clientId);
  element.style.setProperty('--person', colour);
  const label = document.createElement('span');
  label.className = 'note-caret-name';
  label.textContent = name;
  // Word joiners on both sides keep the caret from offering a place to break the line.
  element.append('\u2060', label, '\u2060');
  return element;
}

/** Everything the note's editor runs with: the schema, the shared document, and the page's own behaviour. */
export function noteExtensions(given: Given): AnyExtension[] {
  const {
    session,
    chips,
    things,
    followUps,
    queries,
    slash,
    onShow,
    onLink,
    onFollowUp,
    onThread,
    onComment,
  } = given;
  const schema = noteSchemaExtensions().map((extension) => {
    if (extension.name === 'quoteChip') return ShownQuoteChip.configure({ source: chips, onShow });
    if (extension.name === 'reference') return ShownReference.configure({ things });
    if (extension.name === 'livingQuery') return ShownLivingQuery.configure({ queries });
    if (extension.name === THREAD_MARK) return ShownThreadMark.configure({ onThread, onComment });
    return extension.name === 'link' ? onlyOwnAutolinks(extension) : extension;
  });
  return [
    ...schema,
    Collaboration.configure({ document: session.doc, field: NOTE_FRAGMENT, provider: session.provider }),
    CollaborationCaret.configure({
      provider: session.provider,
      user: session.me,
      render: caret,
      selectionRender: (user) => ({
        class: 'note-selection',
        style: `--person: ${userOf(user).colour}`,
      }),
    }),
    Placeholder.configure({
      showOnlyWhenEditable: false,
      placeholder: ({ editor }) => {
        if (editor.isEditable)
          return 'Write here. / for blocks, [[ to link, @ to name; drag a highlight in to quote it.';
        return session.facts().loaded && editor.isEmpty ? 'Nothing is written here yet.' : '';
      },
    }),
    textMenuKeys(SLASH, (query) => findItems(slash, query)),
    textMenuKeys(LINKS, (query) => referenceItems(things, ['claim', 'source', 'note'], query)),
    textMenuKeys(PEOPLE, (query) => referenceItems(things, ['person'], query)),
    OnlyWritersWrite,
    ReadSelection.configure({ session }),
    LinkKey.configure({ onLink }),
    TaskFollowUp.configure({ followUps, onFollowUp }),
  ];
}

/** Links what is typed here only: every page would otherwise write the same link for one person's address. */
function onlyOwnAutolinks(link: AnyExtension): AnyExtension {
  return link.extend({
    addProseMirrorPlugins() {
      return (this.parent?.() ?? []).map((plugin: Plugin) => {
        const append = plugin.spec.appendTransaction;
        if (append === undefined) return plugin;
        return new Plugin({
          ...plugin.spec,
          appendTransaction: (transactions, before, state) =>
            transactions.some(isChangeOrigin) ? null : append.call(plugin, transactions, before, state),
        });
      });
    },
  });
}
