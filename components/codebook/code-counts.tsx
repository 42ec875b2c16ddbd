'use client';
import type { CodeCount } from '@/lib/codebook/passage';
import { useProject } from '../live/project-context';
import { useCodeCounts } from './use-passages';

type Filter = { source?: string; creator?: string };

/** How often a code was put on, by source and by person; each row shows its passages alone. */
export function CodeCounts({
  codeId,
  filter,
  onFilter,
}: {
  codeId: string;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}) {
  const { sources, members } = useProject((state) => ({ sources: state.sources, members: state.members }));
  const counts = useCodeCounts(codeId);
  if (counts === null) return null;
  if (counts.length === 0) return <p className="py-3 text-[14px] text-muted">It is on no passage yet.</p>;
  return (
    <div className="grid gap-x-8 gap-y-5 pt-3 sm:grid-cols-2">
      <Bars
        title="By source"
        rows={sumBy(counts, 'sourceId')}
        nameOf={(id) => sources.get(id)?.title ?? 'A source that was removed'}
        chosen={filter.source}
        onChoose={(source) => onFilter({ ...filter, source })}
      />
      <Bars
        title="By person"
        rows={sumBy(counts, 'creatorId')}
        nameOf={(id) => members.get(id)?.name ?? 'Somebody who left'}
        chosen={filter.creator}
        onChoose={(creator) => onFilter({ ...filter, creator })}
      />
    </div>
  );
}

function sumBy(counts: readonly CodeCount[], key: 'sourceId' | 'creatorId'): [string, number][] {
  const sums = new Map<string, number>();
  for (const one of counts) {
    const id = one[key];
    if (id !== null) sums.set(id, (sums.get(id) ?? 0) + one.count);
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

function Bars({
  title,
  rows,
  nameOf,
  chosen,
  onChoose,
}: {
  title: string;
  rows: readonly [string, number][];
  nameOf: (id: string) => string;
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}) {
  const most = Math.max(...rows.map(([, count]) => count));
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="pb-1 text-[13px] font-medium text-muted">{title}</h3>
      <ul className="flex flex-col">
        {rows.map(([id, count]) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === chosen}
              title={id === chosen ? 'Show all passages' : 'Show these passages'}
              onClick={() => onChoose(id === chosen ? undefined : id)}
              className="flex min-h-8 w-full flex-col justify-center gap-1 rounded-md px-1.5 py-1 text-start hover:bg-hover aria-pressed:bg-accent-wash"
            >
              <span className="flex w-full items-baseline gap-2 text-[14px]">
                <span className="min-w-0 grow truncate">{nameOf(id)}</span>
                <span className="tabular-nums">{count}</span>
              </span>
              <span aria-hidden className="h-1 w-full rounded-full bg-hover">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
