import type { TextMap } from './text-map';

/**
 * Where the blocks of an article lie, in CSS pixels below its top. Measured once and again only after its size changed,
 * so that scrolling asks the browser for one rectangle a frame.
 */
export class Geometry {
  readonly #map: TextMap;
  readonly #scroller: HTMLElement | null;
  readonly #observer: ResizeObserver;
  readonly #onResize: () => void;
  #tops: Float64Array | undefined;
  #bottoms: Float64Array | undefined;
  #size = { width: 0, height: 0, view: 0 };

  /** `scroller` is `null` where the page itself scrolls. `onResize` hears of a changed article or view. */
  constructor(map: TextMap, scroller: HTMLElement | null, onResize: () => void) {
    this.#map = map;
    this.#scroller = scroller;
    this.#onResize = onResize;
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(map.root);
    if (scroller === null) window.addEventListener('resize', this.#onResize);
    else this.#observer.observe(scroller);
  }

  dispose(): void {
    this.#observer.disconnect();
    window.removeEventListener('resize', this.#onResize);
  }

  /** The part of the article in view: pixels below the article's top. */
  view(): { top: number; bottom: number } {
    const top = this.#map.root.getBoundingClientRect().top;
    if (this.#scroller === null) return { top: -top, bottom: window.innerHeight - top };
    const box = this.#scroller.getBoundingClientRect();
    return { top: box.top - top, bottom: box.bottom - top };
  }

  /** The blocks that reach into these pixels, as indices from `first` up to but not including `after`. */
  blocksBetween(top: number, bottom: number): { first: number; after: number } {
    const { tops, bottoms } = this.#measured();
    let first = 0;
    let after = tops.length;
    // Not a binary search: floats and rows of cells need not stand in order, and this is a few microseconds.
    while (first < after && ((bottoms[first] as number) <= top || (tops[first] as number) >= bottom))
      first += 1;
    while (after > first && ((bottoms[after - 1] as number) <= top || (tops[after - 1] as number) >= bottom))
      after -= 1;
    return { first, after };
  }

  /** The top of a block, in pixels below the article's top. */
  topOf(block: number): number {
    return this.#measured().tops[block] ?? 0;
  }

  /** The observer reports once when it starts: nothing has changed then since the blocks were measured. */
  #resized(): void {
    const { width, height, view } = this.#sizes();
    const known = this.#size;
    if (width !== known.width || height !== known.height) {
      this.#tops = undefined;
      this.#bottoms = undefined;
    } else if (view === known.view) return;
    this.#size = { width, height, view };
    this.#onResize();
  }

  #sizes(): { width: number; height: number; view: number } {
    const { offsetWidth, offsetHeight } = this.#map.root;
    return { width: offsetWidth, height: offsetHeight, view: this.#scroller?.clientHeight ?? 0 };
  }

  #measured(): { tops: Float64Array; bottoms: Float64Array } {
    if (this.#tops === undefined || this.#bottoms === undefined) {
      const { blocks, root } = this.#map;
      const tops = new Float64Array(blocks.length);
      const bottoms = new Float64Array(blocks.length);
      const origin = root.getBoundingClientRect().top;
      blocks.forEach((block, index) => {
        const box = (block.element ?? this.#map.domRangeOf(block)).getBoundingClientRect();
        tops[index] = box.top - origin;
        bottoms[index] = box.bottom - origin;
      });
      this.#size = this.#sizes();
      this.#tops = tops;
      this.#bottoms = bottoms;
    }
    return { tops: this.#tops, bottoms: this.#bottoms };
  }
}
