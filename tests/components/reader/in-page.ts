import { HighlightLayer, type Mark } from '@/components/reader/highlight-layer';
import { selectSpan, spanOfSelection } from '@/components/reader/selection';
import { TextMap } from '@/components/reader/text-map';
import type { Span } from '@/lib/anchoring/describe';

type Box = { left: number; top: number; right: number; bottom: number };

let map: TextMap;
let layer: HighlightLayer;
let changes = 0;

/** Shows an article in a scroller of 600 px, between two other texts, and gives its canonical text. */
export function open(html: string): string {
  layer?.dispose();
  document.body.innerHTML =
    '<p id="before">Text before it.</p><div id="scroller" style="height: 600px; overflow: auto">' +
    '<div id="article" style="width: 500px; font: 16px/1.5 sans-serif"></div></div><p id="after">Text after it.</p>';
  const root = document.getElementById('article') as HTMLElement;
  root.innerHTML = html;
  map = new TextMap(root);
  layer = new HighlightLayer({
    map,
    scroller: document.getElementById('scroller'),
    onChange: () => {
      changes += 1;
    },
  });
  return map.text;
}

const bare = (text: string) => text.replaceAll(/[\n\t\r]/g, '');

/** Every way in which points, offsets and ranges of the open article disagree, for these offsets. */
export function mapFaults(offsets: readonly number[]): string[] {
  const faults: string[] = [];
  const { text, blocks } = map;
  for (const offset of offsets) {
    const { start } = map.pointsOf({ start: offset, end: text.length });
    const { end } = map.pointsOf({ start: 0, end: offset });
    const from = map.offsetOf(start.node, start.index);
    const to = map.offsetOf(end.node, end.index);
    // Only what stands between two blocks has no place of its own: a start goes on from there, an end goes back.
    const isStart = blocks.some((block) => block.start <= offset && offset < block.end);
    const isEnd = blocks.some((block) => block.start < offset && offset <= block.end);
    if (isStart ? from !== offset : bare(text.slice(offset, from)) !== '')
      faults.push(`${offset} starts at ${from}`);
    if (isEnd ? to !== offset : bare(text.slice(to, offset)) !== '') faults.push(`${offset} ends at ${to}`);
  }
  for (let at = 1; at < offsets.length; at += 1) {
    const [start = 0, end = 0] = [offsets[at - 1], offsets[at]].sort((a = 0, b = 0) => a - b);
    const said = bare(map.domRangeOf({ start, end }).toString());
    if (said !== bare(text.slice(start, end))) faults.push(`${start}..${end} is "${said.slice(0, 40)}"`);
    const fixed = map.rangeOf({ start, end });
    const from = map.offsetOf(fixed.startContainer, fixed.startOffset);
    const to = map.offsetOf(fixed.endContainer, fixed.endOffset);
    if (bare(text.slice(from, to)) !== bare(text.slice(start, end)))
      faults.push(`${start}..${end} is fixed elsewhere`);
  }
  return faults;
}

/** The text outside all blocks, and whether blocks come in order without overlapping. */
export function blockFacts(): { between: string; ordered: boolean; longest: number } {
  const { text, blocks } = map;
  let between = '';
  let ordered = true;
  let reached = 0;
  for (const { start, end } of blocks) {
    between += text.slice(reached, start);
    ordered &&= start >= reached && end > start;
    reached = end;
  }
  return {
    between: between + text.slice(reached),
    ordered,
    longest: Math.max(...blocks.map((b) => b.end - b.start)),
  };
}

/** The offsets of points in elements: before and after each child of the article, and outside it. */
export function elementPoints(): { children: number[]; before: number; after: number; length: number } {
  const { root, text } = map;
  const outside = (id: string) => document.getElementById(id)?.firstChild as Text;
  return {
    children: Array.from({ length: root.childNodes.length + 1 }, (_, at) => map.offsetOf(root, at)),
    before: map.offsetOf(outside('before'), 3),
    after: map.offsetOf(outside('after'), 3),
    length: text.length,
  };
}

export function selected(): Span | null {
  return spanOfSelection(document.getSelection(), map);
}

export function select(span: Span): Span | null {
  selectSpan(span, map);
  return selected();
}

/** Selects between two points outside the article. */
export function selectAround(): Span | null {
  const outside = (id: string) => document.getElementById(id)?.firstChild as Text;
  document.getSelection()?.setBaseAndExtent(outside('after'), 2, outside('before'), 2);
  return selected();
}

/** Selects some text outside the article. */
export function selectOutside(): Span | null {
  document.getSelection()?.selectAllChildren(document.getElementById('after') as HTMLElement);
  return selected();
}

export function boxesOf(span: Span): Box[] {
  return Array.from(map.domRangeOf(span).getClientRects(), ({ left, top, right, bottom }) => ({
    left,
    top,
    right,
    bottom,
  }));
}

export function setMarks(marks: Mark[]): void {
  layer.set(marks);
}
export async function change(act: { add?: Mark; remove?: string; active?: string[]; flash?: string | null }) {
  if (act.add !== undefined) layer.add(act.add);
  if (act.remove !== undefined) layer.remove(act.remove);
  if (act.active !== undefined) layer.setActive(act.active);
  if (act.flash !== undefined) layer.setFlash(act.flash);
  await Promise.resolve();
}
export function closeLayer(): void {
  layer.dispose();
}
export function hit(x: number, y: number): string[] {
  return layer.hitTest(x, y);
}
export function near(): string[] {
  return layer.marksNearView().map(({ id }) => id);
}
export function tops(ids: string[]): { id: string; top: number; measured: number; changes: number }[] {
  const origin = map.root.getBoundingClientRect().top;
  return [...layer.positionsOf(ids)].map(([id, top]) => {
    const mark = layer.marksIn({ start: 0, end: map.text.length }).find((each) => each.id === id) as Mark;
    const measured =
      map.domRangeOf({ start: mark.start, end: mark.start + 1 }).getBoundingClientRect().top - origin;
    return { id, top, measured, changes };
  });
}

/** What is painted, as Spans by colour, in order. */
export function painted(): Record<string, Span[]> {
  const found: Record<string, Span[]> = {};
  for (const [name, highlight] of CSS.highlights) {
    if (highlight.size === 0) continue;
    found[name.slice('gloss-'.length)] = Array.from(highlight, (range) => ({
      start: map.offsetOf(range.startContainer, range.startOffset),
      end: map.offsetOf(range.endContainer, range.endOffset, 'end'),
    })).sort((a, b) => a.start - b.start);
  }
  return found;
}

let kept: AbstractRange[] = [];
/** Remembers all painted ranges; the second call tells how many of them are still the same objects, and how many are new. */
export function comparePainted(): { same: number; fresh: number; all: number } {
  const now = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
  const before = new Set(kept);
  kept = now;
  const same = now.filter((range) => before.has(range)).length;
  return { same, fresh: now.length - same, all: now.length };
}

/** The blocks in view and those near it, as one Span each. */
export function spans(): { view: Span; blocks: Span[] } {
  const scroller = document.getElementById('scroller')?.getBoundingClientRect() as DOMRect;
  const blocks = map.blocks.map(({ start, end }) => ({ start, end }));
  const seen = blocks.filter((block) => {
    const box = map.domRangeOf(block).getBoundingClientRect();
    return box.bottom > scroller.top && box.top < scroller.bottom;
  });
  return { view: { start: seen[0]?.start ?? 0, end: seen.at(-1)?.end ?? 0 }, blocks };
}

export function scrollTo(top: number): void {
  document.getElementById('scroller')?.scrollTo({ top, behavior: 'instant' });
}

export function setWidth(width: number): void {
  map.root.style.width = `${width}px`;
}

export function articleDom(): { html: string; nodes: number } {
  const walker = document.createTreeWalker(map.root);
  let nodes = 0;
  while (walker.nextNode() !== null) nodes += 1;
  return { html: map.root.innerHTML, nodes };
}
