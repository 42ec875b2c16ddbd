import type { CanonicalText, Piece } from '@/lib/sources/canonical-text';
import { type PdfPlaces, type PlacedRun, runsOf } from '@/lib/sources/pdf-places';

/** A page as it stands in the document: a frame with the canvas it is drawn on. */
export type PageFrame = { readonly element: HTMLElement; readonly canvas: HTMLCanvasElement };

/** How high letters are, as a part of the height of their box. */
const LETTERS = 0.86;

function make<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

/** A run of letters that nobody sees, over the drawn ones: as wide as those, whatever font the browser has. */
function runElement(
  run: PlacedRun,
  letters: string,
  { pageWidth, measure }: { readonly pageWidth: number; readonly measure: (letters: string) => number },
): HTMLElement {
  const { left, top, width, height, turn } = run;
  const sideways = turn === 90 || turn === 270;
  const [along, across] = sideways ? [height, width] : [width, height];
  const element = make('div', 'page-run');
  const size = across * LETTERS;
  const natural = measure(letters) * size;
  // A turned run hangs from the corner where its text begins.
  const x = turn === 90 || turn === 180 ? left + width : left;
  const y = turn === 180 || turn === 270 ? top + height : top;
  const stretch = natural > 0 && along > 0 ? along / natural : 1;
  // Hundredths of the page's width, so that it fits whatever size the page has.
  const part = (points: number) => `${((points / pageWidth) * 100).toFixed(3)}cqi`;
  const turned = turn === 0 ? '' : `rotate(${turn}deg) `;
  element.style.cssText = `left:${part(x)};top:${part(y)};font-size:${part(size)};line-height:${part(across)};transform:${turned}scaleX(${stretch.toFixed(4)})`;
  element.append(letters);
  return element;
}

function measurer(): (letters: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (letters) => letters.length / 2;
  context.font = '100px sans-serif';
  return (letters) => context.measureText(letters).width / 100;
}

/**
 * Builds the pages of a PDF below `root`: for each a frame, a canvas and the text over it, from where the canonical text
 * stands on them. Gives the frames, and the map of the text nodes to the text.
 */
export function buildPages(
  root: HTMLElement,
  places: PdfPlaces,
  text: string,
): { frames: PageFrame[]; canonical: CanonicalText<Node> } {
  const pieces: Piece<Node>[] = [];
  const measure = measurer();
  const frames = places.pages.map((page, index) => {
    const element = make('section', 'page-frame');
    element.setAttribute('aria-label', `Page ${index + 1}`);
    element.dataset.page = String(index + 1);
    element.style.setProperty('--page-width', String(page.width));
    element.style.setProperty('--page-height', String(page.height));
    const canvas = make('canvas', 'page-canvas');
    canvas.setAttribute('aria-hidden', 'true');
    const layer = make('div', 'page-text');
    const runs = runsOf(page);
    for (const run of runs) {
      const letters = text.slice(run.start, run.end);
      const placed = runElement(run, letters, { pageWidth: page.width, measure });
      layer.append(placed);
      pieces.push({ node: placed.firstChild as Node, start: run.start, end: run.end });
    }
    element.append(canvas, layer);
    if (runs.length === 0) {
      const bare = make('p', 'page-bare');
      bare.textContent = 'No text on this page: there is nothing to mark.';
      element.append(bare);
    }
    const number = make('p', 'page-number');
    number.textContent = `p. ${index + 1}`;
    element.append(number);
    return { element, canvas };
  });
  root.replaceChildren(...frames.map(({ element }) => element));
  return { frames, canonical: { text, pieces } };
}
