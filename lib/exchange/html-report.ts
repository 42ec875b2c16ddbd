import { titleAt } from '../sources/page-at';
import type { Losses } from './losses';
import type { NoteNode } from './note-tree';
import { GONE_PASSAGE, GONE_THING } from './note-words';
import { type CitedPassage, type ReadRecords, type RecordOf, WITH_MARKS } from './record';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const html = (text: string) => text.toWellFormed().replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.6 Georgia,serif;max-width:44rem;margin:3rem auto;padding:0 1.25rem}h1,h2,h3,h4,nav,small,th{font-family:system-ui,sans-serif;line-height:1.25}q{background:#ffe9a8;color:#222}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #999}article{border-top:1px solid #8886;margin-top:2.5rem}small{opacity:.8}table{border-collapse:collapse}td,th{border:1px solid #8886;padding:.25rem .5rem;text-align:left}pre{overflow:auto}@page{size:A4;margin:22mm 20mm}@media print{:root{color-scheme:light}nav{display:none}body{max-width:none;margin:0;padding:0;font-size:11pt}h1,h2,h3,h4{break-after:avoid}h2{break-before:page}h1~h2:first-of-type{break-before:auto}blockquote,tr,li,pre{break-inside:avoid}a[href]::after{content:" (" attr(href) ")";font-size:.85em;overflow-wrap:anywhere}}`;
/** Nothing is loaded and nothing runs, wherever the page is opened. */
const HEAD = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width, initial-scale=1">`;

function link(url: string, words: string): string {
  return /^https?:\/\//i.test(url)
    ? `<a rel="noreferrer noopener" href="${html(url)}">${html(words)}</a>`
    : html(words);
}

function quotation({ exact, speaker, sourceTitle, url }: CitedPassage): string {
  const by = `${speaker ? `${html(speaker)}, ` : ''}${link(url, sourceTitle)}`;
  return `<q>${html(exact.replace(/\s+/g, ' ').trim())}</q> <small>(${by})</small>`;
}

type Note = Pick<RecordOf<'note'>, 'passages' | 'names'>;
const TAGS: Record<string, string> = {
  ...{ paragraph: 'p', blockquote: 'blockquote', bulletList: 'ul', orderedList: 'ol', listItem: 'li' },
  ...{ taskList: 'ul', table: 'table', tableRow: 'tr', tableCell: 'td', tableHeader: 'th', codeBlock: 'pre' },
};
const MARKS: Record<string, string> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  underline: 'u',
};

function textHtml({ text = '', marks = [] }: NoteNode): string {
  return marks.reduce((words, { type, attrs }) => {
    const tag = MARKS[type];
    if (tag) return `<${tag}>${words}</${tag}>`;
    const href = type === 'link' ? String(attrs?.href ?? '') : '';
    return /^https?:\/\//i.test(href)
      ? `<a rel="noreferrer noopener" href="${html(href)}">${words}</a>`
      : words;
  }, html(text));
}

function nodeHtml(node: NoteNode, note: Note): string {
  const given = (name: string) => String(node.attrs?.[name] ?? '');
  const inside = () => (node.content ?? []).map((child) => nodeHtml(child, note)).join('');
  if (node.type === 'text') return textHtml(node);
  if (node.type === 'hardBreak') return '<br>';
  if (node.type === 'horizontalRule') return '<hr>';
  if (node.type === 'quoteChip') {
    const passage = note.passages[given('annotationId')];
    return passage ? quotation(passage) : html(GONE_PASSAGE);
  }
  if (node.type === 'reference') return html(note.names[given('id')] ?? GONE_THING);
  if (node.type === 'livingQuery') return `<p><small>Search: ${html(given('query'))}</small></p>`;
  if (node.type === 'taskItem') return `<li>${node.attrs?.checked ? '☑' : '☐'} ${inside()}</li>`;
  if (node.type === 'heading') {
    const level = Math.min(6, (Number(node.attrs?.level) || 1) + 2);
    return `<h${level}>${inside()}</h${level}>`;
  }
  const tag = TAGS[node.type];
  return tag ? `<${tag}>${inside()}</${tag}>` : inside();
}

function noteHtml({ note, content, ...rest }: RecordOf<'note'>): string {
  return `<article><h3>${html(note.title)}</h3>${content.map((node) => nodeHtml(node, rest)).join('')}</article>`;
}

type Passages = ReadonlyMap<string, CitedPassage>;

function claimHtml(
  { claim }: RecordOf<'claim'>,
  passages: Passages,
  statuses: ReadonlyMap<string, string>,
): string {
  const evidence = claim.evidence.flatMap(({ annotationId, stance, note }) => {
    const passage = passages.get(annotationId);
    return passage
      ? `<li><b>${stance}:</b> ${quotation(passage)}${note ? `<br>${html(note)}` : ''}</li>`
      : [];
  });
  const status = html(statuses.get(claim.status) ?? claim.status);
  return `<article><h3>${html(claim.wording)}</h3><p><b>${status}</b></p><ul>${evidence.join('')}</ul></article>`;
}

/** Marks that the report lists at most: a page with more opens nowhere. */
const MOST_MARKS = 5_000;

/** Notes, claims and marks of a project on one page that loads nothing and runs nothing. */
export async function* writeReport(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const wanted = new Set<string>();
  for await (const record of read([...WITH_MARKS, 'note', 'thread', 'follow-up']))
    if (record.kind === 'claim')
      for (const { annotationId } of record.claim.evidence) wanted.add(annotationId);
  const passages = new Map<string, CitedPassage>();
  const statuses = new Map<string, string>();
  let source: RecordOf<'source'>['source'] | null = null;
  let [marks, section] = [0, ''];
  const begin = (name: string) => {
    if (section === name) return '';
    section = name;
    return `<h2>${name}</h2>`;
  };
  for await (const record of read()) {
    if (record.kind === 'project')
      yield `${HEAD}<title>${html(record.name)}</title><style>${STYLE}</style></head><body><main><h1>${html(record.name)}</h1><p><small>Exported from Gloss on ${html(record.exported.slice(0, 10))}</small></p>`;
    else if (record.kind === 'status') statuses.set(record.status.key, record.status.name);
    else if (record.kind === 'source') {
      source = record.source;
      yield `${begin('Sources')}<article><h3>${link(source.url ?? '', source.title)}</h3>`;
      yield `<p><small>${html([source.byline, source.siteName, source.publishedAt].filter(Boolean).join(', '))}</small></p></article>`;
    } else if (record.kind === 'annotation' && source) {
      const { annotation } = record;
      const [, { exact }] = annotation.selector;
      const passage: CitedPassage = {
        ...{ exact, speaker: annotation.quote?.speaker ?? '', sourceId: source.id },
        ...{ sourceTitle: titleAt(source, annotation), url: source.url ?? '' },
      };
      if (wanted.has(annotation.id)) passages.set(annotation.id, passage);
      marks += 1;
      if (marks > MOST_MARKS)
        losses.add(`Marks after the first ${MOST_MARKS}`, 'The tables have all.', exact);
      else {
        const said = annotation.body ? `<p>${html(annotation.body.value)}</p>` : '';
        yield `<blockquote>${quotation(passage)}${said}</blockquote>`;
      }
    } else if (record.kind === 'claim') yield begin('Claims') + claimHtml(record, passages, statuses);
    else if (record.kind === 'note') yield begin('Notes') + noteHtml(record);
    else if (record.kind === 'thread')
      losses.add('Discussions', 'A report is for readers. The Gloss format keeps them.', record.thread.id);
    else if (record.kind === 'follow-up')
      losses.add(
        'Follow-ups',
        'A report is for readers. The Gloss format keeps them.',
        record.followUp.wording,
      );
  }
  yield '</main></body></html>\n';
}
