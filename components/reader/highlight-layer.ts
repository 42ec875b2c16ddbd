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

/**
 * How far marks are painted beyond the view, in heights of it. Each change repaints all that is painted, so at rest it is
 * little; a scroll takes more in its direction, so that it needs few changes, and leaves more when it comes near the edge.
 */
const REST = 0.12;
const AHEAD = 1;
const BEHIND = 0.15;
const NEAR = 0.05;

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
  #given: readonly Mark[] = [];
  #index: IntervalIndex<Mark> | undefined;
  /** The marks of the window, until all are indexed. */
  #near: IntervalIndex<Mark> | undefined;
  #active: ReadonlySet<string> = new Set();
  #flash: string | null = null;
  #window = { above: 0, below: 0, first: 0, after: 0 };
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

  /** Replaces all marks and paints those near the view. The index of them all is made after that, at rest. */
  set(marks: readonly Mark[]): void {
    this.#given = marks;
    this.#index = undefined;
    this.#tops.clear();
    this.#place(true);
    whenIdle(() => this.#marks);
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
    return span === null ? [] : this.#marksOfWindow().overlapping(span.start, span.end);
  }

  /**
   * The tops of marks' first lines, in CSS pixels below the article's top. Marks away from the view get the top of
   * their block, which costs nothing; those near it are measured once and kept until the article's size changes.
   */
  positionsOf(ids: Iterable<string>): Map<string, number> {
    const found = new Map<string, number>();
    let origin: number | undefined;
    for (const id of ids) {
      const mark = this.#near?.get(id) ?? this.#marks.get(id);
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
    this.#dirty.clear();
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

  get #marks(): IntervalIndex<Mark> {
    this.#index ??= IntervalIndex.of(this.#given);
    this.#near = undefined;
    return this.#index;
  }

  /** Moves the painted window to the view; while the view is well inside it, nothing is done. */
  #place(all: boolean): void {
    const { top, bottom } = this.#geometry.view();
    const height = Math.max(bottom - top, 1);
    const near = height * NEAR;
    const { above, below } = this.#window;
    if (!all && top - near >= above && bottom + near <= below) return;
    const down = top - near >= above;
    if (all) this.#frameBlocks(top - height * REST, bottom + height * REST);
    else if (down) this.#frameBlocks(top - height * BEHIND, bottom + height * AHEAD);
    else this.#frameBlocks(top - height * AHEAD, bottom + height * BEHIND);
    const { first, after } = this.#window;
    const marks = this.#marksOfWindow();
    for (let block = first; block < after; block += 1)
      if (all || !this.#painter.has(block)) this.#painter.paint(block, this.#segmentsOf(block, marks));
    if (!all) this.#onChange();
  }

  #frameBlocks(above: number, below: number): void {
    const { first, after } = this.#geometry.blocksBetween(above, below);
    this.#window = { above, below, first, after };
    this.#near = undefined;
    this.#painter.keep(first, after);
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
      if (this.#dirty.size === 0) return;
      this.#trim();
      const { first, after } = this.#window;
      for (const block of this.#dirty)
        if (block >= first && block < after) this.#painter.paint(block, this.#segmentsOf(block, this.#marks));
      this.#dirty.clear();
    });
  }

  /** Lets go of what a scroll painted ahead: it would be painted again with the change that comes now. */
  #trim(): void {
    const { top, bottom } = this.#geometry.view();
    const rest = (bottom - top) * REST;
    const { above, below } = this.#window;
    this.#frameBlocks(Math.max(above, top - rest), Math.min(below, bottom + rest));
  }

  /** What each colour covers of a block: overlapping marks of one colour look like one. */
  #segmentsOf(at: number, marks: IntervalIndex<Mark>): Segments {
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
    for (const mark of marks.overlapping(block.start, block.end)) {
      const start = Math.max(mark.start, block.start);
      const end = Math.min(mark.end, block.end);
      cover(mark.colour, start, end);
      if (this.#active.has(mark.id)) cover('active', start, end);
      if (this.#flash === mark.id) cover('flash', start, end);
    }
    return segments;
  }

  /** Looks through all marks once where they are not indexed yet, which is far quicker than ordering them all. */
  #marksOfWindow(): IntervalIndex<Mark> {
    if (this.#index !== undefined) return this.#index;
    const span = this.#spanOfWindow();
    this.#near ??= IntervalIndex.of(
      span === null ? [] : this.#given.filter((mark) => mark.start < span.end && mark.end > span.start),
    );
    return this.#near;
  }

  #spanOfWindow(): Span | null {
    const first = this.#map.blocks[this.#window.first];
    const last = this.#map.blocks[this.#window.after - 1];
    return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
  }
}

/** Safari has no idle callback: after the next frame will do there. */
function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act);
  else requestAnimationFrame(() => setTimeout(act));
}
