/**
 * The cells of each row (RFC 4180) and the line it begins in, from 1: a quoted cell may hold separators, line breaks and
 * doubled quotes.
 */
export function cellsOf(text: string, separator: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let [cell, quoted, line, begun] = ['', false, 1, 1];
  let cells: string[] = [];
  const end = () => {
    rows.push({ line: begun, cells: [...cells, cell] });
    [cell, cells, begun] = ['', [], line];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (letter === '\n') line += 1;
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted;
      if (quoted) cell = '';
    } else if (quoted) cell += letter;
    else if (letter === separator) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') end();
    else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || cells.length > 0) end();
  return rows;
}

/** A table's cell: quoted, and no program takes it for a formula. */
export function csvCell(value: string): string {
  const safe = /^[\s"']*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
