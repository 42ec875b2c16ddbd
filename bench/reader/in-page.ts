import {
  createTextAnnotator,
  type TextAnnotation,
  type TextAnnotator,
  type TextAnnotatorOptions,
} from '@recogito/text-annotator';
import { HighlightLayer, type Mark } from '@/components/reader/highlight-layer';
import { TextMap } from '@/components/reader/text-map';
import { COLOURS } from './article';

/** In Chromium, not yet in TypeScript's DOM types. */
type FromPoint = HighlightRegistry & { highlightsFromPoint(x: number, y: number): unknown[] };

/** One way of showing marks, as the benchmark drives it. */
type System = {
  show(marks: Mark[]): void;
  /** Whether anything is on the page yet. */
  shown(): boolean;
  add(mark: Mark): void;
  remove(id: string): void;
  hit(x: number, y: number): number;
};

const element = (id: string) => document.getElementById(id) as HTMLElement;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** The article's text as the server would send it; nothing in the page has walked the article before a system does. */
let text = '';
let marks: Mark[] = [];
let system: System;

const hue = (at: number) => Math.round((at * 360) / COLOURS);

function nothing(): System {
  return { show: () => {}, shown: () => true, add: () => {}, remove: () => {}, hit: () => 0 };
}

function gloss(): System {
  let layer: HighlightLayer | undefined;
  return {
    show(all) {
      layer = new HighlightLayer({ map: new TextMap(element('article')), scroller: element('scroller') });
      layer.set(all);
    },
    shown: () => CSS.highlights.size > 0,
    add: (mark) => layer?.add(mark),
    remove: (id) => layer?.remove(id),
    hit: (x, y) => layer?.hitTest(x, y).length ?? 0,
  };
}

function plainHighlights(): System {
  const byId = new Map<string, { highlight: Highlight; range: StaticRange }>();
  const add = (mark: Mark, on: TextMap) => {
    const name = `gloss-${mark.colour}`;
    const highlight = CSS.highlights.get(name) ?? new Highlight();
    const range = on.rangeOf(mark);
    highlight.add(range);
    byId.set(mark.id, { highlight, range });
    CSS.highlights.set(name, highlight);
  };
  let own: TextMap | undefined;
  return {
    show(all) {
      own = new TextMap(element('article'));
      for (const mark of all) add(mark, own);
    },
    shown: () => CSS.highlights.size > 0,
    add: (mark) => own !== undefined && add(mark, own),
    remove(id) {
      const found = byId.get(id);
      if (found !== undefined) found.highlight.delete(found.range);
    },
    hit: (x, y) => (CSS.highlights as FromPoint).highlightsFromPoint(x, y).length,
  };
}

function recogito(renderer: NonNullable<TextAnnotatorOptions['renderer']>): System {
  let annotator: TextAnnotator<TextAnnotation, TextAnnotation> | undefined;
  let own: TextMap | undefined;
  // Its CSS renderer draws only what has a Range already, and finding 1,000 by itself takes it seconds: it gets ours.
  const annotationOf = (mark: Mark): TextAnnotation => {
    own ??= new TextMap(element('article'));
    const { id, start, end, colour } = mark;
    const quote = text.slice(start, end);
    return {
      id,
      bodies: [{ id: `${id}b`, annotation: id, purpose: 'tagging', value: colour }],
      target: { annotation: id, selector: [{ quote, start, end, range: own.domRangeOf(mark) }] },
    };
  };
  return {
    show(all) {
      annotator = createTextAnnotator<TextAnnotation, TextAnnotation>(element('article'), {
        renderer,
        annotatingEnabled: false,
        style: (annotation) => ({
          fill: `hsl(${hue(Number((annotation.bodies[0]?.value ?? 'c0').slice(1)))} 80% 60%)` as never,
          fillOpacity: 0.3,
        }),
      });
      annotator.setAnnotations(all.map(annotationOf));
    },
    shown: () => CSS.highlights.size > 0 || document.querySelector('.r6o-annotation') !== null,
    add: (mark) => annotator?.addAnnotation(annotationOf(mark)),
    remove: (id) => annotator?.removeAnnotation(id),
    hit: (x, y) => (annotator?.state.store.getAt(x, y, true) ?? []).length,
  };
}

export const SYSTEMS = {
  'no marks': nothing,
  Gloss: gloss,
  'CSS highlights, all': plainHighlights,
  'Recogito CSS': () => recogito('CSS_HIGHLIGHTS'),
  'Recogito spans': () => recogito('SPANS'),
};
export type SystemName = keyof typeof SYSTEMS;

/** Lays out the article and chooses the system and its marks; nothing is shown yet. */
export async function prepare(name: SystemName, html: string, itsText: string, its: Mark[]): Promise<void> {
  const sheet = Array.from(
    { length: COLOURS },
    (_, at) => `::highlight(gloss-c${at}) { background-color: hsl(${hue(at)} 80% 60% / 0.3) }`,
  );
  const style = document.createElement('style');
  style.textContent = sheet.join('\n');
  document.head.append(style);
  element('article').innerHTML = html;
  text = itsText;
  marks = its;
  system = SYSTEMS[name]();
  for (let turn = 0; turn < 10; turn += 1) await frame();
}

/** Shows all marks and waits until the frame that shows them has been painted. */
export async function show(): Promise<void> {
  system.show(marks);
  while (!system.shown()) await frame();
  await frame();
  await frame();
}

let map: TextMap | undefined;

/** A passage of about five words in the middle of the view. */
function passageInView(turn: number): Mark {
  map ??= new TextMap(element('article'));
  const box = element('scroller').getBoundingClientRect();
  const caret = document.caretPositionFromPoint(
    box.left + box.width / 2,
    box.top + box.height / 2 + turn * 3,
  );
  const start = caret === null ? 0 : map.offsetOf(caret.offsetNode, caret.offset);
  return { id: `new${turn}`, start, end: start + 30, colour: `c${turn % COLOURS}` };
}

let added: Mark | undefined;
export function chooseOne(turn: number): void {
  added = passageInView(turn);
}
/** Lets what waits for an idle moment happen. */
export async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** Recogito draws some ten ms after a change: everyone gets a moment until it has been painted. */
async function painted(): Promise<void> {
  await frame();
  await new Promise((resolve) => setTimeout(resolve, 60));
  await frame();
}
export async function addOne(): Promise<void> {
  if (added !== undefined) system.add(added);
  await painted();
}
export async function removeOne(): Promise<void> {
  if (added !== undefined) system.remove(added.id);
  await painted();
}

/** Scrolls so many frames by so many CSS pixels each. */
export async function scroll(frames: number, pixels: number): Promise<void> {
  const scroller = element('scroller');
  for (let turn = 0; turn < frames; turn += 1) {
    await frame();
    scroller.scrollTop += pixels;
  }
  await frame();
  await frame();
}

/** The mean time of a hit-test over a grid of points in view, in ms, and how many marks were hit. */
export function hits(rows: number): { ms: number; found: number } {
  const box = element('article').getBoundingClientRect();
  let found = 0;
  const begun = performance.now();
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < 10; column += 1)
      found += system.hit(box.left + (box.width * (column + 0.5)) / 10, 20 + ((row * 37) % 840));
  return { ms: (performance.now() - begun) / (rows * 10), found };
}

export function domNodes(): number {
  return document.getElementsByTagName('*').length;
}
