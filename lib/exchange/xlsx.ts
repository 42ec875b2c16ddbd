import { once } from './bytes';
import type { Losses } from './losses';
import type { ReadRecords } from './record';
import { type Table, tablesOf } from './tables';
import { xmlText } from './xml';
import { type ZipEntry, zipped } from './zip';

/** What Excel takes in a cell, and on a sheet. */
const LONGEST_CELL = 32_767;
const MOST_ROWS = 1_048_576;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A cell that holds text and can hold nothing else: no program takes it for a formula. */
function cell(value: string): string {
  // `_x0041_` is how this format writes a letter it can't hold; one that was meant as such is escaped.
  const text = value.replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
  return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

async function* sheet({ name, head, rows }: Table, losses: Losses): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  let count = 1;
  yield `<row>${head.map(cell).join('')}</row>`;
  for await (const row of rows()) {
    count += 1;
    if (count > MOST_ROWS) {
      losses.add('Rows beyond the last of a sheet', 'Excel takes 1,048,576. The CSV files have all.', name);
      continue;
    }
    const cells = row.map((value) => {
      if (value.length <= LONGEST_CELL) return cell(value);
      losses.add('The ends of long cells', 'Excel takes 32,767 characters. The CSV files have all.', value);
      return cell(value.slice(0, LONGEST_CELL).toWellFormed());
    });
    yield `<row>${cells.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function* frame(tables: readonly Table[]): Generator<ZipEntry> {
  const each = (make: (table: Table, nth: number) => string) =>
    tables.map((table, at) => make(table, at + 1)).join('');
  const file = (path: string, text: string): ZipEntry => ({ path, content: once(HEAD + text) });
  yield file(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${each((_, nth) => `<Override PartName="/xl/worksheets/sheet${nth}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
  );
  yield file(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  yield file(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(({ name }, nth) => `<sheet name="${name}" sheetId="${nth}" r:id="rId${nth}"/>`)}</sheets></workbook>`,
  );
  yield file(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${each((_, nth) => `<Relationship Id="rId${nth}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${nth}.xml"/>`)}</Relationships>`,
  );
}

/** The tables of a project as the sheets of one workbook (ECMA-376), a row at a time. */
export async function* writeXlsx(
  read: ReadRecords,
  losses: Losses,
  made: string,
): AsyncGenerator<Uint8Array> {
  const tables = await tablesOf(read, losses);
  async function* entries(): AsyncGenerator<ZipEntry> {
    yield* frame(tables);
    for (const [at, table] of tables.entries())
      yield { path: `xl/worksheets/sheet${at + 1}.xml`, content: sheet(table, losses) };
  }
  yield* zipped(entries(), made);
}
