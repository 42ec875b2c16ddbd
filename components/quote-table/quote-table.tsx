'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type KeyboardEvent, useRef } from 'react';
import { chainWords, LEVELS } from '@/lib/quotes/levels';
import type { QuoteFilter, QuoteRow } from '@/lib/quotes/quote-row';
import { useProject } from '../live/project-context';
import { Time } from '../ui/time';

type Sort = QuoteFilter['sort'];
export type Grouping = 'none' | 'speaker' | 'source';

const COLUMNS: readonly { name: string; sorts: readonly Sort[]; width: string }[] = [
  { name: 'Who', sorts: ['speaker'], width: 'md:w-[18%]' },
  { name: 'Said what', sorts: [], width: '' },
  { name: 'Where', sorts: ['source'], width: 'md:w-[18%]' },
  { name: 'How we know', sorts: [], width: 'md:w-[22%]' },
  { name: 'Marked', sorts: ['newest', 'oldest'], width: 'md:w-[10%]' },
];

const STEPS: Readonly<Record<string, 1 | -1 | undefined>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Quotes as rows: the head sorts, the arrows or j and k go from row to row, and a row leads to its passage. */
export function QuoteTable({
  rows,
  sort,
  onSort,
  grouping,
}: {
  rows: readonly QuoteRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  grouping: Grouping;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...(body.current?.querySelectorAll<HTMLElement>('a[data-passage]') ?? [])];
    const row = (event.target as HTMLElement).closest('tr');
    const next = links[links.findIndex((link) => link.closest('tr') === row) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <table className="w-full table-fixed border-collapse text-[14px] max-md:block">
      <thead className="max-md:hidden">
        <tr className="border-b border-edge text-start">
          {COLUMNS.map(({ name, sorts, width }) => (
            <SortHead key={name} name={name} sorts={sorts} width={width} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={keys} className="max-md:block">
        {rows.map((row, at) => {
          const group = groupOf(row, grouping);
          const before = rows[at - 1];
          const begins =
            group !== null && (before === undefined || groupOf(before, grouping)?.key !== group.key);
          return (
            <Fragment key={row.id}>
              {begins ? (
                <tr className="border-b border-line bg-sunken max-md:block">
                  <th
                    scope="rowgroup"
                    colSpan={COLUMNS.length}
                    className="px-2 py-1.5 text-start font-serif text-[15px] font-semibold max-md:block"
                  >
                    {group.name}
                  </th>
                </tr>
              ) : null}
              <Row row={row} />
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function SortHead({
  name,
  sorts,
  width,
  sort,
  onSort,
}: (typeof COLUMNS)[number] & { sort: Sort; onSort: (sort: Sort) => void }) {
  const at = sorts.indexOf(sort);
  const next = sorts[(at + 1) % sorts.length];
  const direction = at === -1 ? undefined : sort === 'newest' ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={`px-2 pb-1.5 text-start text-[13px] font-medium text-muted ${width}`}
    >
      {next === undefined ? (
        name
      ) : (
        <button
          type="button"
          onClick={() => onSort(next)}
          className={`inline-flex min-h-6 items-center gap-1 rounded hover:text-ink ${at === -1 ? '' : 'text-ink'}`}
        >
          {name}
          {direction === 'ascending' ? <ArrowUp aria-hidden className="size-3.5" /> : null}
          {direction === 'descending' ? <ArrowDown aria-hidden className="size-3.5" /> : null}
        </button>
      )}
    </th>
  );
}

function groupOf({ speaker, source }: QuoteRow, grouping: Grouping): { key: string; name: string } | null {
  if (grouping === 'source') return { key: source.id, name: source.title };
  if (grouping === 'speaker') return { key: speaker?.id ?? '', name: speaker?.name ?? 'Nobody named' };
  return null;
}

const CELL = 'px-2 py-2.5 align-top max-md:block max-md:px-0 max-md:py-0.5 [overflow-wrap:anywhere]';

function Row({ row }: { row: QuoteRow }) {
  const { sources, codes, projectId } = useProject((state) => ({
    sources: state.sources,
    codes: state.codes,
    projectId: state.project.id,
  }));
  const { quote, speaker, source } = row;
  const root = `/projects/${projectId}`;
  const hedge = quote.hedges.length > 0 ? `“${quote.hedges.join('”, “')}”` : quote.hedged ? 'hedged' : null;
  const facts = [
    quote.style === 'indirect' ? 'indirect' : null,
    hedge,
    quote.level === null ? null : LEVELS[quote.level].name,
  ].filter((fact) => fact !== null);
  const names = row.codeIds.flatMap((id) => codes.get(id)?.name ?? []);
  return (
    <tr className="border-b border-line hover:bg-hover max-md:block max-md:py-2">
      <td className={CELL}>
        {speaker === null ? (
          <span className="text-muted">Nobody named</span>
        ) : (
          <Link href={`${root}/speakers/${speaker.id}`} className="rounded font-medium hover:underline">
            {speaker.name}
          </Link>
        )}
      </td>
      <td className={CELL}>
        <Link
          data-passage
          href={`${root}/sources/${source.id}?mark=${row.id}`}
          className="line-clamp-3 rounded font-serif text-[15px] leading-snug hover:underline"
        >
          {row.exact}
        </Link>
        {names.length === 0 ? null : <span className="text-[13px] text-muted">{names.join(', ')}</span>}
      </td>
      <td className={`${CELL} text-muted`}>
        <span className="line-clamp-2" title={source.title}>
          {source.title}
        </span>
      </td>
      <td className={`${CELL} text-muted`}>
        {facts.length === 0 ? null : <span className="block">{facts.join(', ')}</span>}
        {quote.chain.length === 0 ? null : (
          <span className="block">
            {chainWords(
              speaker?.name ?? '',
              quote.chain,
              (link) =>
                link.label || (sources.get(link.sourceId ?? '')?.title ?? 'a source that was removed'),
              source.title,
            )}
          </span>
        )}
        {facts.length === 0 && quote.chain.length === 0 ? (
          <span className="max-md:hidden">As the source has it</span>
        ) : null}
      </td>
      <td className={`${CELL} text-[13px] text-muted max-md:hidden`}>
        <Time at={row.created} />
      </td>
    </tr>
  );
}
