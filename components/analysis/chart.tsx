'use client';
import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AnalysisQuery, AnalysisTable } from '@/lib/analysis/analysis';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { useAction } from '../ui/use-action';
import { type CellAsked, cellOf, hrefOf, KINDS, type View } from './analysis-words';
import { drawChart } from './draw-chart';
import { savePng, saveSvg } from './save-chart';

/** A table drawn as a chart. What stands for passages leads to them; by keyboard the table below does. */
export function Chart({
  table,
  query,
  view,
  projectId,
  onCell,
}: {
  table: AnalysisTable;
  query: Partial<AnalysisQuery>;
  view: View;
  projectId: string;
  onCell: (cell: CellAsked) => void;
}) {
  const router = useRouter();
  const place = useRef<HTMLDivElement>(null);
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const name = KINDS[table.kind].label;
  const draw = useEffectEvent((host: HTMLElement) => {
    const drawn = drawChart(table, view, Math.max(280, host.clientWidth));
    if (drawn === null) return host.replaceChildren();
    drawn.svg.setAttribute('role', 'img');
    drawn.svg.setAttribute('aria-label', `${name}, drawn; the table below says the same`);
    drawn.svg.addEventListener('click', (event) => {
      const meant = event.target instanceof Element ? drawn.meantBy(event.target) : null;
      if (meant === null) return;
      const cell = meant.column === undefined ? null : cellOf(table, query, meant.row, meant.column);
      const href = cell ?? hrefOf(projectId, table, query, meant.row, meant.column);
      if (typeof href === 'string') router.push(href);
      else if (href !== null) onCell(href);
    });
    host.replaceChildren(drawn.svg);
    setSvg(drawn.svg);
  });
  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    let width = -1;
    const watcher = new ResizeObserver(() => {
      // Drawing makes it higher, never wider.
      if (host.clientWidth === width) return;
      width = host.clientWidth;
      draw(host);
    });
    watcher.observe(host);
    // Another table or view is drawn anew.
    if (table !== null && view !== 'none') draw(host);
    return () => watcher.disconnect();
  }, [table, view]);
  const png = useAction(async () => {
    if (svg !== null) await savePng(svg, name);
  });
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <div ref={place} className="min-w-0 [&_[data-of=value]]:cursor-pointer [&_svg]:max-w-full" />
      <div className="flex flex-wrap gap-2">
        <Button size="small" look="quiet" onPress={() => svg && saveSvg(svg, name)}>
          <Download aria-hidden className="size-3.5" />
          SVG
        </Button>
        <Button size="small" look="quiet" isPending={png.busy} onPress={() => void png.run()}>
          <Download aria-hidden className="size-3.5" />
          PNG
        </Button>
      </div>
      <FormError>{png.error}</FormError>
    </figure>
  );
}
