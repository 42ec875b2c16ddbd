import { once } from './bytes';
import type { Losses } from './losses';
import type { NoteNode } from './note-tree';
import { GONE_PASSAGE, GONE_THING } from './note-words';
import { type CitedPassage, type ReadRecords, type RecordOf, WITH_MARKS } from './record';
import { type ZipEntry, zipped } from './zip';

type NoteRecord = Pick<RecordOf<'note'>, 'note' | 'content' | 'passages' | 'names'>;
type Page = NoteRecord & { footnotes: string[]; losses: Losses };

/** Words that Markdown takes for nothing else. */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([#+>-]|\d+[.)])(?=\s|$)/gm, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}` : `${space}\\${sign}`,
    )
    .replace(/^(\s*)(=+|-{2,})\s*$/gm, '$1\\$2')
    .replace(/&(?=[#\w]+;)/g, '\\&');
}

/** An address as a link's target; nothing but the web and mail is linked. */
function target(url: string): string | null {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return null;
  return `<${url.replace(/[<>\s\\]/g, (sign) => encodeURIComponent(sign))}>`;
}

const attribute = (node: NoteNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

function source({ speaker, sourceTitle, url }: CitedPassage): string {
  const link = target(url);
  const title = link ? `[${plain(sourceTitle)}](${link})` : plain(sourceTitle);
  return speaker ? `${plain(speaker)}, in ${title}` : title;
}

function chip(node: NoteNode, page: Page): string {
  const passage = page.passages[attribute(node, 'annotationId')];
  if (passage === undefined) {
    page.losses.add(
      'Passages that are not to be seen',
      'They were removed, or you may not see them.',
      page.note.title,
    );
    return plain(GONE_PASSAGE);
  }
  page.footnotes.push(source(passage));
  return `“${plain(passage.exact.replace(/\s+/g, ' ').trim())}”[^${page.footnotes.length}]`;
}

const SIGNS: Record<string, string> = { bold: '**', italic: '*', strike: '~~' };

function textOf(node: NoteNode, page: Page): string {
  const text = node.text ?? '';
  const marks = node.marks ?? [];
  if (marks.some(({ type }) => type === 'code')) return `\`\` ${text.replaceAll('``', '` `')} \`\``;
  const [, before = '', core = '', behind = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (core === '') return text;
  let words = plain(core);
  for (const { type, attrs } of marks) {
    const sign = SIGNS[type];
    if (sign) words = `${sign}${words}${sign}`;
    else if (type === 'link') {
      const link = target(String(attrs?.href ?? ''));
      if (link) words = `[${words}](${link})`;
    } else if (type === 'thread')
      page.losses.add(
        'Where passages are discussed',
        'The words stay; the Gloss format keeps what was said.',
        text,
      );
    else page.losses.add(`Letters set as ${type}`, 'Markdown has no sign for it.', text);
  }
  return before + words + behind;
}

function inline(nodes: readonly NoteNode[] | undefined, page: Page): string {
  return (nodes ?? [])
    .map((node) => {
      if (node.type === 'text') return textOf(node, page);
      if (node.type === 'hardBreak') return '\\\n';
      if (node.type === 'quoteChip') return chip(node, page);
      if (node.type === 'reference') return plain(page.names[attribute(node, 'id')] ?? GONE_THING);
      return inline(node.content, page);
    })
    .join('');
}

const indent = (text: string, by: string) => text.replace(/\n(?=.)/g, `\n${by}`);

function list(node: NoteNode, page: Page): string {
  const items = (node.content ?? []).map((item, at) => {
    const box = item.type === 'taskItem' ? `[${item.attrs?.checked ? 'x' : ' '}] ` : '';
    const sign = node.type === 'orderedList' ? `${at + 1}. ` : '- ';
    return sign + box + indent(blocks(item.content, page), ' '.repeat(sign.length));
  });
  return items.join('\n');
}

function table(node: NoteNode, page: Page): string {
  const rows = (node.content ?? []).map((row) =>
    (row.content ?? []).map((cell) => blocks(cell.content, page).replace(/\s*\n\s*/g, ' ')),
  );
  const width = Math.max(1, ...rows.map((row) => row.length));
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n');
}

function block(node: NoteNode, page: Page): string {
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, Number(node.attrs?.level) || 1) + 1)} ${inline(node.content, page).replace(/\s*\n\s*/g, ' ')}`;
    case 'blockquote':
      return `> ${blocks(node.content, page).replace(/\n/g, '\n> ')}`;
    case 'codeBlock': {
      const text = (node.content ?? []).map((part) => part.text ?? '').join('');
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
      return `${fence}\n${text}\n${fence}`;
    }
    case 'horizontalRule':
      return '---';
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return list(node, page);
    case 'table':
      return table(node, page);
    case 'livingQuery':
      page.losses.add(
        'What living queries find',
        'The search itself is kept in words.',
        attribute(node, 'query'),
      );
      return `*Search: ${plain(attribute(node, 'query'))}*`;
    default:
      return inline(node.content, page);
  }
}

function blocks(nodes: readonly NoteNode[] | undefined, page: Page): string {
  return (nodes ?? []).map((node) => block(node, page)).join('\n\n');
}

/** A note as Markdown (CommonMark with footnotes and tables): each chip a quotation whose footnote says where it is from. */
export function noteMarkdown(note: NoteRecord, losses: Losses): string {
  const page: Page = { ...note, footnotes: [], losses };
  const text = blocks(note.content, page);
  const notes = page.footnotes.map((words, at) => `[^${at + 1}]: ${words}`);
  return `${[`# ${plain(note.note.title)}`, text, notes.join('\n')].filter(Boolean).join('\n\n')}\n`;
}

/** One note as a Markdown file, where `read` finds that note alone. */
export async function* writeOneNote(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  for await (const record of read([...WITH_MARKS, 'claim', 'thread', 'follow-up']))
    if (record.kind === 'note') yield noteMarkdown(record, losses);
}

/** The notes of a project, a Markdown file each, in an archive. */
export async function* writeMarkdown(
  read: ReadRecords,
  losses: Losses,
  made: string,
): AsyncGenerator<Uint8Array> {
  async function* entries(): AsyncGenerator<ZipEntry> {
    const taken = new Set<string>();
    let count = 0;
    for await (const record of read([...WITH_MARKS, 'thread', 'follow-up'])) {
      if (record.kind === 'claim')
        losses.add('Claims', 'Only notes are exported. The report has claims too.', record.claim.wording);
      if (record.kind !== 'note') continue;
      count += 1;
      const words = record.note.title
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 80);
      const name = words.toWellFormed() || 'note';
      const path = taken.has(name.toLowerCase()) ? `${name}-${count}` : name;
      taken.add(path.toLowerCase());
      yield { path: `${path}.md`, content: once(noteMarkdown(record, losses)) };
    }
    // An archive without a file is taken for a broken one.
    if (count === 0) yield { path: 'README.md', content: once('There are no notes in this project yet.\n') };
  }
  yield* zipped(entries(), made);
}
