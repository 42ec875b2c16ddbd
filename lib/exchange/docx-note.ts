import { isRunMark, linked, type ParagraphStyle, type Pen, paragraph, run } from './docx-pen';
import { type Threads, talkOf } from './docx-talk';
import type { Losses } from './losses';
import type { NoteNode } from './note-tree';
import { GONE_PASSAGE, GONE_THING } from './note-words';
import type { CitedPassage, RecordOf } from './record';

type Note = Pick<RecordOf<'note'>, 'note' | 'content' | 'passages' | 'names'>;
type Page = Note & {
  readonly pen: Pen;
  readonly losses: Losses;
  readonly threads: Threads;
  /** How many more pieces of text each discussion lies on, and what ends its comment. */
  readonly left: Map<string, number>;
  readonly ends: Map<string, string>;
};
/** Where a block stands: in which list and how deep, and whether in a quotation. */
type Place = { readonly depth: number; readonly isQuote: boolean };

const given = (node: NoteNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/** Who said a passage and where it stands, with a link: what a footnote says. */
export function citationRuns({ speaker, sourceTitle, url }: CitedPassage): string {
  const isLinked = /^https?:\/\//i.test(url);
  const title = linked(url, run(sourceTitle, isLinked ? { style: 'Hyperlink' } : {}));
  // Written out too: on paper nobody can follow a link.
  const address = isLinked ? run(`, ${url}`) : '';
  return (speaker ? run(`${speaker}, in `) : '') + title + address;
}

/** A passage in quotation marks, its citation in a footnote. */
export function quotedRuns(passage: CitedPassage, pen: Pen): string {
  const words = run(`“${passage.exact.replace(/\s+/g, ' ').trim()}”`);
  return words + pen.footnote(citationRuns(passage));
}

const threadsOn = ({ marks = [] }: NoteNode): string[] => [
  ...new Set(
    marks.flatMap(({ type, attrs }) =>
      type === 'thread' && typeof attrs?.threadId === 'string' ? [attrs.threadId] : [],
    ),
  ),
];

function countThreads(nodes: readonly NoteNode[], left: Map<string, number>): void {
  for (const node of nodes) {
    if (node.type === 'text') for (const id of threadsOn(node)) left.set(id, (left.get(id) ?? 0) + 1);
    countThreads(node.content ?? [], left);
  }
}

/** Text with its look and its link; a discussion's comment begins at the first piece that it lies on and ends behind the last. */
function textRuns(node: NoteNode, page: Page): string {
  const { marks = [], text = '' } = node;
  const href = marks.find(({ type }) => type === 'link')?.attrs?.href;
  const names = marks.map(({ type }) => type);
  for (const type of names)
    if (!isRunMark(type) && type !== 'link' && type !== 'thread')
      page.losses.add(`Letters set as ${type}`, 'Word is not told of it.', text);
  const look = { marks: names.filter(isRunMark), ...(href ? { style: 'Hyperlink' } : {}) };
  const words = linked(typeof href === 'string' ? href : '', run(text, look));
  let [before, behind] = ['', ''];
  for (const id of threadsOn(node)) {
    const thread = page.threads.byId.get(id);
    const talk = thread && !page.ends.has(id) ? talkOf(thread, page.losses) : null;
    if (talk) {
      const { start, end } = page.pen.comment([talk]);
      before += start;
      page.ends.set(id, end);
    }
    const more = (page.left.get(id) ?? 1) - 1;
    page.left.set(id, more);
    if (more === 0) behind += page.ends.get(id) ?? '';
  }
  return before + words + behind;
}

function inlineRuns(nodes: readonly NoteNode[] | undefined, page: Page): string {
  return (nodes ?? [])
    .map((node) => {
      if (node.type === 'text') return textRuns(node, page);
      if (node.type === 'hardBreak') return run('\n');
      if (node.type === 'reference') return run(page.names[given(node, 'id')] ?? GONE_THING);
      if (node.type !== 'quoteChip') return inlineRuns(node.content, page);
      const passage = page.passages[given(node, 'annotationId')];
      if (passage) return quotedRuns(passage, page.pen);
      page.losses.add(
        'Passages that are not to be seen',
        'They were removed, or you may not see them.',
        page.note.title,
      );
      return run(GONE_PASSAGE);
    })
    .join('');
}

function listBlocks(node: NoteNode, page: Page, { depth, isQuote }: Place): string {
  const inside = { depth: depth + 1, isQuote };
  const isTask = node.type === 'taskList';
  const id = isTask ? 0 : page.pen.list(node.type === 'orderedList');
  return (node.content ?? [])
    .map((item) => {
      const [first, ...rest] = item.content ?? [];
      const box = isTask ? run(item.attrs?.checked ? '☑ ' : '☐ ') : '';
      const style: ParagraphStyle = isTask ? { indent: depth + 1 } : { list: { id, level: depth + 1 } };
      if (first?.type !== 'paragraph') return paragraph(box, style) + blocksOf(item.content, page, inside);
      return paragraph(box + inlineRuns(first.content, page), style) + blocksOf(rest, page, inside);
    })
    .join('');
}

function tableBlocks(node: NoteNode, page: Page): string {
  const rows = node.content ?? [];
  const spanOf = (cell: NoteNode) => Math.max(1, Number(cell.attrs?.colspan) || 1);
  const widths = rows.map((row) => (row.content ?? []).reduce((sum, cell) => sum + spanOf(cell), 0));
  const columns = Math.min(63, Math.max(1, ...widths));
  const edge = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`;
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('');
  const cells = (row: NoteNode) =>
    (row.content ?? [])
      .map((cell) => {
        if ((Number(cell.attrs?.rowspan) || 1) > 1)
          page.losses.add('Cells over several rows', 'Each stands in its first row.', page.note.title);
        const span = spanOf(cell) > 1 ? `<w:gridSpan w:val="${spanOf(cell)}"/>` : '';
        const inside = blocksOf(cell.content, page, { depth: -1, isQuote: false });
        // A cell ends in a paragraph, or the document is broken.
        return `<w:tc><w:tcPr>${span}</w:tcPr>${inside}${inside.endsWith('</w:p>') ? '' : paragraph('')}</w:tc>`;
      })
      .join('');
  const body = rows.map((row) => `<w:tr>${cells(row) || `<w:tc><w:tcPr/>${paragraph('')}</w:tc>`}</w:tr>`);
  return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${edges}</w:tblBorders></w:tblPr><w:tblGrid>${'<w:gridCol/>'.repeat(columns)}</w:tblGrid>${body.join('')}</w:tbl>${paragraph('')}`;
}

function blockOf(node: NoteNode, page: Page, place: Place): string {
  switch (node.type) {
    case 'heading': {
      // Below the note's own title, which is of the second level.
      const level = Math.min(6, (Number(node.attrs?.level) || 1) + 2);
      return paragraph(inlineRuns(node.content, page), { style: `Heading${level}` });
    }
    case 'codeBlock':
      return paragraph(inlineRuns(node.content, page), { style: 'Code' });
    case 'horizontalRule':
      return paragraph('', { isRule: true });
    case 'blockquote':
      return blocksOf(node.content, page, { ...place, isQuote: true });
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listBlocks(node, page, place);
    case 'table':
      return tableBlocks(node, page);
    case 'livingQuery':
      page.losses.add(
        'What living queries find',
        'The search itself is kept in words.',
        given(node, 'query'),
      );
      return paragraph(run(`Search: ${given(node, 'query')}`, { marks: ['italic'] }));
    default: {
      const style = place.isQuote ? { style: 'Quote' } : {};
      const indent = place.depth >= 0 ? { indent: place.depth } : {};
      return paragraph(inlineRuns(node.content, page), { ...style, ...indent });
    }
  }
}

function blocksOf(nodes: readonly NoteNode[] | undefined, page: Page, place: Place): string {
  return (nodes ?? []).map((node) => blockOf(node, page, place)).join('');
}

/** Writes a note: chips as quotations with a footnote each, discussions as comments, nothing below them left open. */
export function writeNote(note: Note, pen: Pen, threads: Threads, losses: Losses): void {
  const left = new Map<string, number>();
  countThreads(note.content, left);
  const page: Page = { ...note, pen, threads, losses, left, ends: new Map() };
  for (const node of note.content) pen.write(blockOf(node, page, { depth: -1, isQuote: false }));
}
