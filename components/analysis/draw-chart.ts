import * as Plot from '@observablehq/plot';
import type { AnalysisRow, AnalysisTable } from '@/lib/analysis/analysis';
import type { View } from './analysis-words';

/** Rows and columns that a chart has room for; the table has all. */
const MOST_BARS = 30;
const MOST_ROWS = 40;
/** The strongest shade that words on it are still read on. */
const DARKEST = 0.5;

type Head = AnalysisTable['columns'][number];
/** What a mark of the chart stands for. */
export type Meant = { row: AnalysisRow; column?: Head };
export type Drawn = { svg: SVGSVGElement; meantBy: (element: Element) => Meant | null };

const LOOK = {
  background: 'transparent',
  color: 'var(--ink)',
  fontSize: '12px',
  fontFamily: 'var(--font-interface)',
};
const shorten = (label: string, most: number) =>
  label.length > most ? `${label.slice(0, most - 1)}…` : label;
const numberOf = (cell: number | string | null | undefined) => (typeof cell === 'number' ? cell : 0);

/** Draws a table so wide (pixels); null where there is nothing to draw. Colours are our tokens. */
export function drawChart(table: AnalysisTable, view: View, width: number): Drawn | null {
  if (table.rows.length === 0 || table.columns.length === 0 || view === 'none') return null;
  if (view === 'network') return network(table, width);
  return view === 'bars' ? bars(table, width) : matrix(table, width);
}

/** Whatever is drawn by our marks has the place of its datum as its own. */
function drawn(plot: Element, data: readonly Meant[]): Drawn | null {
  const svg = plot instanceof SVGSVGElement ? plot : plot.querySelector('svg');
  if (svg === null) return null;
  return {
    svg,
    meantBy: (element) => {
      const at = (element as Element & { __data__?: unknown }).__data__;
      return element.closest('[data-of="value"]') && typeof at === 'number' ? (data[at] ?? null) : null;
    },
  };
}

function bars(table: AnalysisTable, width: number): Drawn | null {
  const ratio = table.columns.findIndex(({ id }) => id === 'ratio');
  const first = table.kind === 'words';
  const amountOf = ({ cells }: AnalysisRow) =>
    ratio >= 0
      ? numberOf(cells[ratio])
      : first
        ? numberOf(cells[0])
        : cells.reduce<number>((sum, cell) => sum + numberOf(cell), 0);
  const data = table.rows.slice(0, MOST_BARS).map((row) => ({ row, value: amountOf(row) }));
  const isNarrow = width < 480;
  const plot = Plot.plot({
    width,
    height: data.length * 24 + 60,
    marginLeft: isNarrow ? 120 : 190,
    marginRight: 44,
    marginBottom: 44,
    style: LOOK,
    x: {
      label:
        ratio >= 0
          ? `← more in ${table.columns[2]?.label} · log ratio · more in ${table.columns[0]?.label} →`
          : 'Times',
      grid: true,
      nice: true,
      labelOffset: 36,
      // Nothing is counted in halves.
      ...(ratio < 0 && data.every(({ value }) => value <= 8) ? { interval: 1 } : {}),
      labelAnchor: 'center',
      tickFormat: (tick: number) => tick.toLocaleString('en'),
    },
    y: {
      label: null,
      domain: data.map(({ row }) => row.id),
      tickFormat: (id: string) =>
        shorten(data.find(({ row }) => row.id === id)?.row.label ?? '', isNarrow ? 16 : 28),
      tickSize: 0,
    },
    marks: [
      Plot.barX(data, {
        x: 'value',
        y: ({ row }: Meant) => row.id,
        fill: ({ value }: { value: number }) => (value < 0 ? 'var(--code-sky)' : 'var(--accent)'),
        insetTop: 3,
        insetBottom: 3,
      }),
      Plot.text(data, {
        x: 'value',
        y: ({ row }: Meant) => row.id,
        text: ({ value }) => value.toLocaleString('en'),
        dx: 4,
        textAnchor: 'start',
        fill: 'var(--muted)',
      }),
      Plot.ruleX([0], { stroke: 'var(--edge)' }),
    ],
    color: { type: 'identity' },
  });
  return drawn(tag(plot, 'bar'), data);
}

function matrix({ rows: all, columns }: AnalysisTable, width: number): Drawn | null {
  const rows = all.slice(0, MOST_ROWS);
  const isSquare = columns.length > 0 && rows.every(({ id }, at) => columns[at]?.id === id);
  const data = rows.flatMap((row) =>
    columns.map((column, at) => ({ row, column, value: numberOf(row.cells[at]) })),
  );
  const most = Math.max(
    1,
    ...data.filter(({ row, column }) => !isSquare || row.id !== column.id).map(({ value }) => value),
  );
  const isNarrow = width < 480;
  const marginLeft = isNarrow ? 110 : 190;
  const cell = (width - marginLeft) / columns.length;
  const plot = Plot.plot({
    width,
    height: rows.length * 26 + 130,
    marginLeft,
    marginBottom: 110,
    marginTop: 8,
    style: LOOK,
    x: {
      label: null,
      domain: columns.map(({ id }) => id),
      tickFormat: (id: string) => shorten(columns.find((one) => one.id === id)?.label ?? '', 16),
      tickRotate: -45,
      tickSize: 0,
    },
    y: {
      label: null,
      domain: rows.map(({ id }) => id),
      tickFormat: (id: string) => shorten(rows.find((one) => one.id === id)?.label ?? '', isNarrow ? 14 : 28),
      tickSize: 0,
    },
    marks: [
      Plot.cell(data, {
        x: ({ column }) => column.id,
        y: ({ row }) => row.id,
        fill: 'var(--accent)',
        fillOpacity: ({ row, column, value }) =>
          isSquare && row.id === column.id ? 0.06 : (Math.sqrt(value / most) || 0) * DARKEST + 0.02,
        inset: 1,
      }),
      ...(cell < 18
        ? []
        : [
            Plot.text(data, {
              x: ({ column }) => column.id,
              y: ({ row }) => row.id,
              text: ({ value }) => (value === 0 ? '' : value.toLocaleString('en')),
              fill: 'var(--ink)',
              pointerEvents: 'none',
            }),
          ]),
    ],
    opacity: { type: 'identity' },
  });
  return drawn(tag(plot, 'cell'), data);
}

/** On which side of a circle something stands: 1 right, -1 left, 0 where its name goes above or below it. */
const sideOf = (x: number) => (Math.abs(x) < 0.2 ? 0 : Math.sign(x));

/** Codes on a circle, the most frequent first; the thicker a line, the more often two of them are together. */
function network({ rows: all, columns }: AnalysisTable, width: number): Drawn | null {
  const rows = all.slice(0, 24);
  const size = Math.min(width, 640);
  const place = rows.map((row, at) => {
    const angle = (2 * Math.PI * at) / rows.length - Math.PI / 2;
    return { row, x: Math.cos(angle), y: -Math.sin(angle), count: numberOf(row.cells[at]) };
  });
  const links = place.flatMap((one, at) =>
    place.slice(at + 1).flatMap((other, further) => {
      const count = numberOf(one.row.cells[at + 1 + further]);
      const column = columns[at + 1 + further];
      return count > 0 && column ? [{ row: one.row, column, one, other, count }] : [];
    }),
  );
  const most = Math.max(1, ...links.map(({ count }) => count));
  const biggest = Math.max(1, ...place.map(({ count }) => count));
  const plot = Plot.plot({
    width: size,
    height: size * 0.8,
    style: LOOK,
    axis: null,
    x: { domain: [-1, 1], inset: 110 },
    y: { domain: [-1, 1], inset: 40 },
    r: { type: 'identity' },
    marks: [
      Plot.link(links, {
        x1: ({ one }) => one.x,
        y1: ({ one }) => one.y,
        x2: ({ other }) => other.x,
        y2: ({ other }) => other.y,
        stroke: 'var(--accent)',
        strokeWidth: ({ count }) => 1 + (7 * count) / most,
        strokeOpacity: ({ count }) => 0.2 + (0.6 * count) / most,
      }),
      Plot.dot(place, {
        x: 'x',
        y: 'y',
        r: ({ count }) => 4 + 8 * Math.sqrt(count / biggest),
        fill: 'var(--accent)',
        stroke: 'var(--paper)',
      }),
      // Names stand outside the circle, each on its own side of the dot.
      ...[1, 0, -1].flatMap((side) =>
        [1, -1].map((above) =>
          Plot.text(
            place.filter(({ x, y }) => sideOf(x) === side && (y >= 0 ? 1 : -1) === above),
            {
              ...{ x: 'x', y: 'y', dx: 16 * side, dy: side === 0 ? -20 * above : 0 },
              textAnchor: side === 0 ? 'middle' : side > 0 ? 'start' : 'end',
              text: ({ row }: (typeof place)[number]) => shorten(row.label, 18),
              fill: 'var(--ink)',
              pointerEvents: 'none',
            },
          ),
        ),
      ),
    ],
  });
  return drawn(tag(plot, 'link'), links);
}

/** Names the group of the marks that stand for something. */
function tag(plot: Element, label: string): Element {
  plot.querySelector(`g[aria-label="${label}"]`)?.setAttribute('data-of', 'value');
  // What a chart says, its table says; one name is enough for who hears it.
  for (const group of plot.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  return plot;
}
