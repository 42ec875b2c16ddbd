import { type AnyExtension, Mark, mergeAttributes, Node } from '@tiptap/core';
import { Link } from '@tiptap/extension-link';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { Id } from '../ids';
import { CleanPaste } from './clean-paste';
import { isAllowedHref } from './link-policy';
import { LIVING_QUERY, QUOTE_CHIP, REFERENCE, THREAD_MARK } from './note-content';

/** An attribute of a node that its HTML keeps as this data attribute. */
const dataAttribute = (name: string, html: string) => ({
  default: null,
  parseHTML: (element: HTMLElement) => element.getAttribute(html),
  renderHTML: (attributes: Record<string, unknown>) =>
    attributes[name] == null ? {} : { [html]: attributes[name] },
});

/** An inline atom that stands for an annotation; it holds only its id. How it looks is the page's affair. */
export const QuoteChip = Node.create({
  name: QUOTE_CHIP,
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes() {
    return { annotationId: dataAttribute('annotationId', 'data-annotation-id') };
  },
  parseHTML() {
    return [{ tag: 'span[data-quote-chip]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes({ 'data-quote-chip': '' }, HTMLAttributes)];
  },
});

/** An inline atom that links to a claim, a source, a note or a person; it holds only which. */
export const Reference = Node.create({
  name: REFERENCE,
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes() {
    return { kind: dataAttribute('kind', 'data-kind'), id: dataAttribute('id', 'data-id') };
  },
  parseHTML() {
    return [{ tag: 'span[data-reference]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes({ 'data-reference': '' }, HTMLAttributes)];
  },
});

/** A block that shows what a search of the project finds, as it is now or as it was when somebody froze it. */
export const LivingQuery = Node.create({
  name: LIVING_QUERY,
  group: 'block',
  atom: true,
  selectable: true,
  draggable: true,
  addAttributes() {
    return {
      query: { ...dataAttribute('query', 'data-query'), default: '' },
      frozenId: dataAttribute('frozenId', 'data-frozen-id'),
    };
  },
  parseHTML() {
    return [{ tag: 'div[data-living-query]' }];
  },
  renderHTML({ HTMLAttributes }) {
    const query = String(HTMLAttributes['data-query'] ?? '');
    return ['div', mergeAttributes({ 'data-living-query': '' }, HTMLAttributes), `Search: ${query}`];
  },
});

/**
 * A pointer from a passage to its discussion: it holds the thread's id and nothing else, so that cutting, pasting and
 * copying carry it along. Several may lie on the same words; what is typed at its end is not part of it.
 */
export const ThreadMark = Mark.create({
  name: THREAD_MARK,
  inclusive: false,
  excludes: '',
  addAttributes() {
    return { threadId: dataAttribute('threadId', 'data-thread-id') };
  },
  parseHTML() {
    // A page anywhere may have such an attribute: the server would shut out whoever sends what is no id.
    const isOurs = (element: HTMLElement) => Id.safeParse(element.getAttribute('data-thread-id')).success;
    return [{ tag: 'span[data-thread-id]', getAttrs: (element) => (isOurs(element) ? null : false) }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes({ class: 'note-thread' }, HTMLAttributes), 0];
  },
});

/** A link that carries its address and nothing else: what opens and how is fixed, whatever a peer has sent. */
export const NoteLink = Link.extend({
  addAttributes() {
    return { href: { default: null } };
  },
  renderHTML({ HTMLAttributes }) {
    const href: unknown = HTMLAttributes.href;
    const fixed = { target: '_blank', rel: 'noopener noreferrer nofollow' };
    return isAllowedHref(href) ? ['a', { ...fixed, href }, 0] : ['span', { class: 'refused-link' }, 0];
  },
}).configure({
  isAllowedUri: (url) => isAllowedHref(url),
  protocols: [],
  defaultProtocol: 'https',
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  markdownLinks: true,
});

const NoteTaskItem = TaskItem.configure({
  nested: true,
  a11y: { checkboxLabel: (node) => `Done: ${node.firstChild?.textContent || 'empty task'}` },
});

/** Code looks like no other words; yet a passage of it is discussed as any other. Inline code takes no second code, as ever. */
const NoteKit = StarterKit.extend({
  addExtensions() {
    const kit: AnyExtension[] = this.parent?.() ?? [];
    return kit.map((one) => {
      if (one instanceof Mark && one.name === 'code')
        return one.extend({ excludes: 'bold code italic link strike' });
      return one instanceof Node && one.name === 'codeBlock' ? one.extend({ marks: THREAD_MARK }) : one;
    });
  },
});

/**
 * The nodes and marks of a note: NOTE_SCHEMA_VERSION counts their changes. Nothing here writes to a document by
 * being opened (no trailing paragraph is added), so that reading a note never edits it.
 */
export function noteSchemaExtensions(): AnyExtension[] {
  return [
    NoteKit.configure({
      heading: { levels: [1, 2, 3] },
      link: false,
      underline: false,
      undoRedo: false,
      trailingNode: false,
      dropcursor: { color: 'var(--accent)', width: 2 },
    }),
    NoteLink,
    TaskList,
    NoteTaskItem,
    Table.configure({ resizable: false, renderWrapper: true }),
    TableRow,
    TableHeader,
    TableCell,
    QuoteChip,
    Reference,
    LivingQuery,
    ThreadMark,
    CleanPaste,
  ];
}
