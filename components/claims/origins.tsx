'use client';
import { useId } from 'react';
import { shorten } from '@/lib/words/shorten';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { originWords } from './claim-words';
import type { useOrigins } from './use-claims';

const ROW = 34;
const WIDTH = 560;

/** Which sources the claim rests on and where those have it from: what many repeat may come from one. */
export function Origins({
  origins,
  canChange,
}: {
  origins: ReturnType<typeof useOrigins>;
  canChange: boolean;
}) {
  const { sources, projectId } = useProject((state) => ({
    sources: state.sources,
    projectId: state.project.id,
  }));
  const { did } = useActions();
  const link = useDeed(async (sourceId: string, originId: string, isOn: boolean) => {
    const params = { projectId, sourceId, originId };
    const set = (on: boolean) =>
      on ? call('source-origin.add', { params }) : call('source-origin.remove', { params });
    await set(isOn);
    did({ name: 'link between sources', undo: () => set(!isOn), redo: () => set(isOn) });
  });
  const titleOf = origins.nameOf;
  if (origins.ids.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">{originWords(origins.sources, origins.roots.length)}</p>
      {origins.cycles.map((cycle) => (
        <p key={cycle.join()} role="status" className="border-s-2 border-danger ps-3 text-[14px] text-danger">
          These sources name each other as where they have it from: {cycle.map(titleOf).join(' ← ')}. None of
          them is an origin until one of the links is corrected.
        </p>
      ))}
      <Graph origins={origins} titleOf={titleOf} />
      {canChange && sources.size > 1 ? (
        <ul className="flex flex-col gap-2">
          {origins.ids.map((sourceId) => (
            <li key={sourceId} className="flex flex-wrap items-center gap-2 text-[14px]">
              <span className="min-w-0">{titleOf(sourceId)}</span>
              <span className="text-muted">has it from</span>
              {(sources.get(sourceId)?.derivesFrom ?? []).map((originId) => (
                <button
                  key={originId}
                  type="button"
                  title="Take this link away"
                  onClick={() => void link.run(sourceId, originId, false)}
                  className="min-h-6 rounded border border-line px-1.5 text-[13px] hover:bg-hover"
                >
                  {titleOf(originId)} ×
                </button>
              ))}
              <Select
                label={`Where ${titleOf(sourceId)} has it from`}
                labelHidden
                size="small"
                className="w-44"
                isDisabled={link.busy}
                value="none"
                onChange={(originId) => {
                  if (originId !== 'none') void link.run(sourceId, originId, true);
                }}
                options={[
                  { id: 'none', label: 'Name a source…' },
                  ...[...sources.values()]
                    .filter(
                      ({ id, deleted }) =>
                        id !== sourceId &&
                        deleted === null &&
                        !sources.get(sourceId)?.derivesFrom.includes(id),
                    )
                    .map(({ id, title }) => ({ id, label: title })),
                ]}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <FormError>{link.error}</FormError>
    </div>
  );
}

/** The sources and where each has it from, drawn: sources at the left, what they lead back to at the right. */
function Graph({
  origins,
  titleOf,
}: {
  origins: ReturnType<typeof useOrigins>;
  titleOf: (id: string) => string;
}) {
  const arrow = useId();
  const depths = depthsOf(origins);
  const deepest = Math.max(...depths.values());
  if (deepest === 0 && origins.cycles.length === 0) return null;
  const columns = Array.from({ length: deepest + 1 }, (_, depth) =>
    [...depths].filter(([, at]) => at === depth).map(([id]) => id),
  );
  const height = Math.max(...columns.map(({ length }) => length)) * ROW;
  const step = WIDTH / columns.length;
  const placeOf = (id: string) => {
    const depth = depths.get(id) ?? 0;
    const column = columns[depth] ?? [];
    const gap = height / column.length;
    return { x: depth * step, y: gap * column.indexOf(id) + gap / 2 };
  };
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={origins.links
        .filter(({ sourceId, originId }) => depths.has(sourceId) && depths.has(originId))
        .map(({ sourceId, originId }) => `${titleOf(sourceId)} has it from ${titleOf(originId)}`)
        .join('. ')}
      className="w-full max-w-[560px]"
    >
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" fill="var(--muted)" />
        </marker>
      </defs>
      {origins.links.map(({ sourceId, originId }) => {
        if (!depths.has(sourceId) || !depths.has(originId)) return null;
        const [from, to] = [placeOf(sourceId), placeOf(originId)];
        if (from.x === to.x) {
          // In a circle both stand in one column: the link goes around at its right, each way at a distance of its own.
          const [right, out] = [from.x + step * 0.72, from.y < to.y ? 26 : 44];
          const [y1, y2] = from.y < to.y ? [from.y + 5, to.y - 5] : [from.y - 5, to.y + 5];
          return (
            <path
              key={`${sourceId} ${originId}`}
              d={`M${right} ${y1}c${out} 0 ${out} ${y2 - y1} 1 ${y2 - y1}`}
              fill="none"
              stroke="var(--danger)"
              markerEnd={`url(#${arrow})`}
            />
          );
        }
        return (
          <line
            key={`${sourceId} ${originId}`}
            x1={from.x + step * 0.72}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            stroke="var(--muted)"
            markerEnd={`url(#${arrow})`}
          />
        );
      })}
      {[...depths.keys()].map((id) => {
        const { x, y } = placeOf(id);
        const isRoot = !origins.links.some(
          ({ sourceId, originId }) => sourceId === id && depths.has(originId),
        );
        return (
          <g key={id}>
            <rect
              x={x + 1}
              y={y - 13}
              width={step * 0.72 - 2}
              height={26}
              rx={6}
              fill={isRoot ? 'var(--accent-wash)' : 'var(--raised)'}
              stroke={isRoot ? 'var(--accent)' : 'var(--line)'}
            />
            <text x={x + 9} y={y + 4.5} fontSize={12} fill="var(--ink)">
              {shorten(titleOf(id), Math.floor((step * 0.72 - 18) / 6.4))}
              <title>{titleOf(id)}</title>
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/**
 * The column of each source: one further than whatever has it from there. Sources in a circle share the least of theirs,
 * and so nothing is walked without end.
 */
function depthsOf({ ids, links, cycles }: ReturnType<typeof useOrigins>): Map<string, number> {
  const isCircular = ({ sourceId, originId }: (typeof links)[number]) =>
    cycles.some((cycle) => cycle.includes(sourceId) && cycle.includes(originId));
  const depths = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round <= links.length; round++) {
    for (const link of links) {
      const from = depths.get(link.sourceId);
      if (from === undefined) continue;
      const least = isCircular(link) ? 0 : from + 1;
      if ((depths.get(link.originId) ?? -1) < least) depths.set(link.originId, least);
    }
  }
  return depths;
}
