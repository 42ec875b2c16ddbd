import type { Span } from '@/lib/anchoring/describe';
import { IntervalIndex } from '@/lib/annotations/interval-index';
import { blockAt } from './blocks';
import { Geometry } from './geometry';
import { offsetAtPoint } from './hit-test';
import { Painter, type Segments } from './painter';
import type { TextMap } from './text-map';

/** A Span to paint, in UTF-16 units; `colour` names a rule `::highlight(gloss-<colour>)` in highlights.css. */
export type Mark = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly colour: string;
};

export type HighlightLayerOptions = {
  readonly map: TextMap;
  /** The element the article scrolls in; without one the page does. */
  readonly scroller?: HTMLElement | null;
  /** Where blocks lie has changed, or other blocks came near: margin cards ask for positions again. */
  readonly onChange?: () => void;
};

/** How far beyond the view marks are painted, and how near its edge may come before more are, in heights of the view. */
const AHEAD = 0.75;
const NEAR = 0.2;

/**
 * Paints marks by the CSS Custom Highlight API. The DOM never changes, and only marks near the view have ranges, since
 * each change costs the browser in proportion to all of them.
 */
export class HighlightLayer {
  readonly #map: TextMap;
  readonly #geometry: Geometry;
  readonly #painter: Painter;
  readonly #target: HTMLElement | Document;
  readonly #onChange: () => void;
  #marks = new IntervalIndex<Mark>();
  #active: ReadonlySet<string> = new Set();
  #flash: string | null = null;
  #window = { top: 0, bottom: 0, first: 0, after: 0 };
  #dirty = new Set<number>();
  #flushing = false;
  #frame = 0;
  #tops = new Map<string, number>();

  constructor({ map, scroller = null, onChange = () => {} }: HighlightLayerOptions) {
    this.#map = map;
    this.#onChange = onChange;
    this.#target = scroller ?? document;
    this.#painter = new Painter(map);
    this.#geometry = new Geometry(map, scroller, () => {
      this.#tops.clear();
      this.#place(true);
      this.#onChange();
    });
    this.#target.addEventListener('scroll', this.#scrolled, { passive: true });
  }

  /** Replaces all marks and paints those near the view. */
  set(marks: readonly Mark[]): void {
    this.#marks = IntervalIndex.of(marks);
    this.#tops.clear();
    this.#place(true);
  }

  /** Adds a mark, or replaces the one with its id; painted before the next frame. */
  add(mark: Mark): void {
    const before = this.#marks.get(mark.id);
    if (before !== undefined) this.#touch(before);
    this.#marks.insert(mark);
    this.#tops.delete(mark.id);
    this.#touch(mark);
  }

  update(mark: Mark): void {
    this.add(mark);
  }

  remove(id: string): void {
    const mark = this.#marks.remove(id);
    if (mark === undefined) return;
    this.#tops.delete(id);
    this.#touch(mark);
  }

  /** Paints these marks stronger: hovered or selected. */
  setActive(ids: readonly string[]): void {
    const before = this.#active;
    this.#active = new Set(ids);
    for (const id of new Set([...before, ...this.#active]))
      if (before.has(id) !== this.#active.has(id)) this.#touch(this.#marks.get(id));
  }

  /** Paints one mark as just arrived at, until it is set to `null` or another. */
  setFlash(id: string | null): void {
    for (const each of [this.#flash, id]) if (each !== null) this.#touch(this.#marks.get(each));
    this.#flash = id;
  }

  /** The marks under a point of the window (CSS pixels), the smallest first. */
  hitTest(x: number, y: number): string[] {
    const offset = offsetAtPoint(this.#map, x, y);
    return offset === null ? [] : this.#marks.containing(offset).map((mark) => mark.id);
  }

  /** The marks that share text with a Span, by their starts. */
  marksIn(span: Span): Mark[] {
    return this.#marks.overlapping(span.start, span.end);
  }

  /** The marks of the painted part of the article, by their starts: those that may need a card. */
  marksNearView(): Mark[] {
    const span = this.#spanOfWindow();
    return span === null ? [] : this.#marks.overlapping(span.start, span.end);
  }

  /**
   * The tops of marks' first lines, in CSS pixels below the article's top. Marks away from the view get the top of
   * their block, which costs nothing; those near it are measured once and kept until the article's size changes.
   */
  positionsOf(ids: Iterable<string>): Map<string, number> {
    const found = new Map<string, number>();
    let origin: number | undefined;
    for (const id of ids) {
      const mark = this.#marks.get(id);
      if (mark === undefined) continue;
      let top = this.#tops.get(id);
      if (top === undefined) {
        const block = Math.max(0, blockAt(this.#map.blocks, mark.start));
        if (block < this.#window.first || block >= this.#window.after) {
          found.set(id, this.#geometry.topOf(block));
          continue;
        }
        origin ??= this.#map.root.getBoundingClientRect().top;
        const first = { start: mark.start, end: Math.min(mark.start + 1, mark.end) };
        top = this.#map.domRangeOf(first).getBoundingClientRect().top - origin;
        this.#tops.set(id, top);
      }
      found.set(id, top);
    }
    return found;
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#target.removeEventListener('scroll', this.#scrolled);
    this.#geometry.dispose();
    this.#painter.clear();
  }

  readonly #scrolled = (): void => {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#place(false);
    });
  };

  /** Moves the painted window to the view; while the view is well inside it, nothing is done. */
  #place(all: boolean): void {
    const { top, bottom } = this.#geometry.view();
    const height = Math.max(bottom - top, 1);
    const near = height * NEAR;
    if (!all && top - near >= this.#window.top && bottom + near <= this.#window.bottom) return;
    const wide = { top: top - height * AHEAD, bottom: bottom + height * AHEAD };
    const { first, after } = this.#geometry.blocksBetween(wide.top, wide.bottom);
    this.#window = { ...wide, first, after };
    this.#dirty.clear();
    this.#painter.keep(first, after);
    for (let block = first; block < after; block += 1)
      if (all || !this.#painter.has(block)) this.#painter.paint(block, this.#segmentsOf(block));
    if (!all) this.#onChange();
  }

  #touch(mark: Mark | undefined): void {
    if (mark === undefined) return;
    const { blocks } = this.#map;
    const { first, after } = this.#window;
    for (let at = Math.max(first, blockAt(blocks, mark.start)); at < after; at += 1) {
      if ((blocks[at]?.start ?? mark.end) >= mark.end) break;
      this.#dirty.add(at);
    }
    if (this.#dirty.size === 0 || this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      for (const block of this.#dirty) this.#painter.paint(block, this.#segmentsOf(block));
      this.#dirty.clear();
    });
  }

  /** What each colour covers of a block: overlapping marks of one colour look like one. */
  #segmentsOf(at: number): Segments {
    const block = this.#map.blocks[at];
    const segments: Segments = new Map();
    if (block === undefined) return segments;
    const cover = (colour: string, start: number, end: number) => {
      const runs = segments.get(colour);
      const last = runs?.at(-1);
      if (runs === undefined) segments.set(colour, [{ start, end }]);
      else if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
      else runs.push({ start, end });
    };
    for (const mark of this.#marks.overlapping(block.start, block.end)) {
      const start = Math.max(mark.start, block.start);
      const end = Math.min(mark.end, block.end);
      cover(mark.colour, start, end);
      if (this.#active.has(mark.id)) cover('active', start, end);
      if (this.#flash === mark.id) cover('flash', start, end);
    }
    return segments;
  }

  #spanOfWindow(): Span | null {
    const first = this.#map.blocks[this.#window.first];
    const last = this.#map.blocks[this.#window.after - 1];
    return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
  }
}
