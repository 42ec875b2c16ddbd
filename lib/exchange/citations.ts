import type { Losses } from './losses';
import type { ReadRecords, RecordOf } from './record';

type Source = RecordOf<'source'>['source'];

/** A source as CSL-JSON has it (csl-data.json 1.0). */
export type CslItem = {
  readonly id: string;
  readonly type: 'webpage' | 'document';
  readonly title: string;
  readonly author?: readonly { literal: string }[];
  readonly 'container-title'?: string;
  readonly URL?: string;
  readonly language?: string;
  readonly issued?: { 'date-parts': [number[]] } | { literal: string };
  readonly accessed: { 'date-parts': [number[]] };
};

/** The year, month and day that a date begins with; `null` where it begins with none. */
export function dateParts(text: string): number[] | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text.trim());
  return found ? found.slice(1).filter(Boolean).map(Number) : null;
}

/** A source as an item of a bibliography. A byline is one name as it is written: nobody knows where it parts. */
export function toCsl(source: Source): CslItem {
  const issued = source.publishedAt ? dateParts(source.publishedAt) : null;
  return {
    id: source.id,
    type: source.url ? 'webpage' : 'document',
    title: source.title,
    ...(source.byline && { author: [{ literal: source.byline }] }),
    ...(source.siteName && { 'container-title': source.siteName }),
    ...(source.url && { URL: source.url }),
    ...(source.language && { language: source.language }),
    ...(issued
      ? { issued: { 'date-parts': [issued] } }
      : source.publishedAt
        ? { issued: { literal: source.publishedAt } }
        : {}),
    accessed: { 'date-parts': [dateParts(source.created) ?? []] },
  };
}

const TEX: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
/** Words in a field of BibTeX, braces and signs of TeX escaped, on one line. */
const tex = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\{}#$%&_~^]/g, (sign) => TEX[sign] ?? `\\${sign}`);

/** An item as BibTeX; its key is the source's id, so that it stays. */
export function toBibtex(item: CslItem): string {
  const issued = item.issued && 'date-parts' in item.issued ? item.issued['date-parts'][0] : null;
  const pad = (number: number) => String(number).padStart(2, '0');
  const fields: [string, string][] = [['title', `{${tex(item.title)}}`]];
  // A second pair of braces keeps a literal name whole.
  if (item.author?.[0]) fields.push(['author', `{${tex(item.author[0].literal)}}`]);
  if (item['container-title']) fields.push(['organization', tex(item['container-title'])]);
  if (issued) fields.push(['year', String(issued[0])], ['date', issued.map(pad).join('-')]);
  // An address is no text of TeX: only what would end the field is coded.
  if (item.URL) fields.push(['url', item.URL.replace(/[{}\\\s]/g, encodeURIComponent)]);
  fields.push(['urldate', item.accessed['date-parts'][0].map(pad).join('-')]);
  if (item.language) fields.push(['language', tex(item.language)]);
  const lines = fields.map(([name, value]) => `  ${name} = {${value}}`);
  return `@${item.URL ? 'online' : 'misc'}{gloss-${item.id},\n${lines.join(',\n')}\n}\n`;
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

/** An item as RIS. */
export function toRis(item: CslItem): string {
  const pad = (number: number | undefined) => (number === undefined ? '' : String(number).padStart(2, '0'));
  const date = ([year, month, day]: number[]) => `${year}/${pad(month)}/${pad(day)}/`;
  const issued = item.issued && 'date-parts' in item.issued ? item.issued['date-parts'][0] : null;
  const lines: [string, string | undefined][] = [
    ['TY', item.URL ? 'ELEC' : 'GEN'],
    ['ID', item.id],
    ['TI', item.title],
    ['AU', item.author?.[0]?.literal],
    ['T2', item['container-title']],
    ['PY', issued?.[0]?.toString()],
    ['DA', issued ? date(issued) : undefined],
    ['UR', item.URL],
    ['LA', item.language],
    ['Y2', date(item.accessed['date-parts'][0])],
  ];
  const told = lines.flatMap(([tag, value]) => (value ? `${tag}  - ${flat(value)}\r\n` : []));
  return `${told.join('')}ER  - \r\n`;
}

const WRITERS = { bibtex: toBibtex, ris: toRis };

/** The sources of a project as a bibliography. */
export async function* writeCitations(
  read: ReadRecords,
  losses: Losses,
  format: 'csl-json' | 'bibtex' | 'ris',
): AsyncGenerator<string> {
  let count = 0;
  if (format === 'csl-json') yield '[';
  for await (const record of read()) {
    if (record.kind === 'annotation')
      losses.add('Marks', 'A bibliography has sources alone.', record.annotation.selector[1].exact);
    if (record.kind === 'claim' || record.kind === 'note') {
      const what = record.kind === 'claim' ? 'Claims' : 'Notes';
      losses.add(
        what,
        'A bibliography has sources alone.',
        record.kind === 'claim' ? record.claim.wording : record.note.title,
      );
    }
    if (record.kind !== 'source') continue;
    losses.add('Texts', 'A bibliography says where a text is, and not what it says.', record.source.title);
    const item = toCsl(record.source);
    yield format === 'csl-json' ? `${count > 0 ? ',' : ''}\n${JSON.stringify(item)}` : WRITERS[format](item);
    count += 1;
  }
  if (format === 'csl-json') yield '\n]\n';
}
