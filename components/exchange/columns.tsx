'use client';
import { type Columns, fieldsOf, TABLE_KINDS, type TableRead } from '@/lib/exchange/columns';
import { Checkbox } from '../ui/checkbox';
import { Select } from '../ui/select';

const NONE = 'none';
const KIND_NAMES = { codings: 'Codings, one a row', codebook: 'A codebook, one code a row' } as const;

const countWords = (shown: number, total: number) =>
  shown < total
    ? `The first ${shown} of ${total.toLocaleString('en-GB')} rows`
    : `${total} ${total === 1 ? 'row' : 'rows'}`;

/** Says which column of a table is what, beside how the table begins; each change is looked at anew. */
export function ColumnMapper({
  table,
  isDisabled,
  onChange,
}: {
  table: TableRead;
  isDisabled: boolean;
  onChange: (columns: Columns) => void;
}) {
  const { kind, hasHead, fields, head, rows, total } = table;
  const width = Math.max(head.length, ...rows.map((cells) => cells.length));
  const nameOf = (at: number) => (hasHead && head[at]) || `Column ${at + 1}`;
  const options = [
    { id: NONE, label: 'None' },
    ...Array.from({ length: width }, (_, at) => ({ id: String(at), label: nameOf(at) })),
  ];
  const meaning = new Map(
    fieldsOf(kind).flatMap(([key, { name }]) => {
      const at = fields[key];
      return typeof at === 'number' ? [[at, name] as const] : [];
    }),
  );
  return (
    <div className="flex w-full flex-col gap-4">
      <Select
        label="The table holds"
        options={TABLE_KINDS.map((id) => ({ id, label: KIND_NAMES[id] }))}
        value={kind}
        isDisabled={isDisabled}
        // Other columns are looked for by their names.
        onChange={(chosen) => onChange({ kind: chosen, hasHead, fields: {} })}
        className="w-72 max-w-full"
      />
      <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {fieldsOf(kind).map(([key, { name, about, isNeeded }]) => (
          <Select
            key={key}
            label={isNeeded ? `${name} (needed)` : name}
            hint={about || undefined}
            options={options}
            value={typeof fields[key] === 'number' ? String(fields[key]) : NONE}
            isDisabled={isDisabled}
            onChange={(chosen) =>
              onChange({
                kind,
                hasHead,
                fields: { ...fields, [key]: chosen === NONE ? null : Number(chosen) },
              })
            }
          />
        ))}
      </div>
      <Checkbox
        isSelected={hasHead}
        isDisabled={isDisabled}
        onChange={(chosen) => onChange({ kind, hasHead: chosen, fields })}
      >
        The first row names the columns
      </Checkbox>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section aria-label="How the table begins" tabIndex={0} className="max-w-full overflow-x-auto">
        <table className="text-[14px]">
          <caption className="pb-2 text-start text-muted">{countWords(rows.length, total)}</caption>
          <thead>
            <tr className="border-b border-line align-bottom">
              {Array.from({ length: width }, (_, at) => (
                <th key={nameOf(at) + String(at)} scope="col" className="py-1.5 pe-5 text-start font-medium">
                  {nameOf(at)}
                  <span className="block text-[13px] font-normal text-muted">
                    {meaning.get(at) ?? 'Left out'}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, nth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing else
              <tr key={nth} className="border-b border-line align-top">
                {Array.from({ length: width }, (_, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: so have its columns
                  <td key={at} className="max-w-56 truncate py-1.5 pe-5" title={cells[at]}>
                    {cells[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
