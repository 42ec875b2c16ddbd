import type { TextMap } from './text-map';

/** Disjoint parts of a block by colour, in order, in UTF-16 units of the article. */
export type Segments = Map<string, { start: number; end: number }[]>;

const name = (colour: string) => `gloss-${colour}`;

/** Keeps the ranges of painted blocks in the page's highlights, one `Highlight` a colour, and changes only differences. */
export class Painter {
  readonly #map: TextMap;
  /** By block, then by colour and place. */
  readonly #painted = new Map<number, Map<string, { colour: string; range: StaticRange }>>();

  constructor(map: TextMap) {
    this.#map = map;
  }

  has(block: number): boolean {
    return this.#painted.has(block);
  }

  /** Paints a block so, whatever it was like before. */
  paint(block: number, segments: Segments): void {
    const before = this.#painted.get(block);
    const after = new Map<string, { colour: string; range: StaticRange }>();
    for (const [colour, spans] of segments) {
      for (const span of spans) {
        const key = `${colour} ${span.start} ${span.end}`;
        const same = before?.get(key);
        if (same !== undefined) {
          after.set(key, same);
          before?.delete(key);
          continue;
        }
        const range = this.#map.rangeOf(span);
        after.set(key, { colour, range });
        highlightOf(colour).add(range);
      }
    }
    if (before !== undefined) this.#drop(before);
    this.#painted.set(block, after);
  }

  /** Forgets all blocks but those from `first` up to but not including `after`. */
  keep(first: number, after: number): void {
    for (const [block, ranges] of this.#painted) {
      if (block >= first && block < after) continue;
      this.#drop(ranges);
      this.#painted.delete(block);
    }
  }

  /** Takes everything this painter painted off the page. */
  clear(): void {
    this.keep(0, 0);
  }

  #drop(ranges: Map<string, { colour: string; range: StaticRange }>): void {
    for (const { colour, range } of ranges.values()) CSS.highlights.get(name(colour))?.delete(range);
  }
}

/** The page has one registry: two articles in it share the highlight of a colour, so an empty one stays registered. */
function highlightOf(colour: string): Highlight {
  let highlight = CSS.highlights.get(name(colour));
  if (highlight === undefined) {
    highlight = new Highlight();
    if (colour === 'active') highlight.priority = 1;
    if (colour === 'flash') highlight.priority = 2;
    CSS.highlights.set(name(colour), highlight);
  }
  return highlight;
}
