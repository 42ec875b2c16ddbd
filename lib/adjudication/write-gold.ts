import { csvCell } from '../csv';
import type { GoldRow } from './decision';

const COLUMNS = [
  'source_id',
  'version',
  'start',
  'end',
  'code_id',
  'code',
  'exact',
  'decision_id',
  'outcome',
  'why',
];

/** The gold layer as a table: one coding a row, spans in UTF-16 units; the decision's cells are empty where all agreed. */
export function goldTable(rows: readonly GoldRow[]): string {
  const lines = rows.map((row) =>
    [
      row.sourceId,
      row.version,
      row.start,
      row.end,
      row.codeId,
      row.code,
      row.exact,
      row.decisionId ?? '',
      row.outcome ?? '',
      row.why,
    ]
      .map((cell) => csvCell(String(cell)))
      .join(),
  );
  return `${[COLUMNS.join(), ...lines].join('\r\n')}\r\n`;
}
