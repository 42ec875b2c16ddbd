import { saveFile } from '../ui/save-file';

const XMLNS = 'http://www.w3.org/2000/svg';
/** Pixels of a picture for each pixel of the page. */
const SHARPNESS = 2;

/** A chart as a file of its own: colours and letters as they look here and now, on the page's paper. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const probe = document.createElement('span');
  svg.parentElement?.append(probe);
  const resolved = (colour: string) => {
    probe.style.color = '';
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const ink = resolved('var(--ink)');
  for (const element of [copy, ...copy.querySelectorAll('*')])
    for (const name of ['fill', 'stroke', 'color', 'style']) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      if (name !== 'style' && value.startsWith('var(')) element.setAttribute(name, resolved(value));
      else if (value === 'currentColor') element.setAttribute(name, ink);
    }
  copy.setAttribute('style', `color: ${ink}; font: 12px system-ui, sans-serif`);
  const { width, height } = svg.viewBox.baseVal;
  const paper = document.createElementNS(XMLNS, 'rect');
  for (const [name, value] of Object.entries({ width, height, fill: resolved('var(--paper)') }))
    paper.setAttribute(name, String(value));
  copy.prepend(paper);
  copy.setAttribute('xmlns', XMLNS);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  probe.remove();
  return copy;
}

const textOf = (svg: SVGSVGElement) => new XMLSerializer().serializeToString(standalone(svg));

/** Saves a chart as SVG. */
export function saveSvg(svg: SVGSVGElement, name: string): void {
  saveFile(new Blob([textOf(svg)], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Saves a chart as PNG, twice as sharp as the page. @throws Error when the browser can't draw it. */
export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * SHARPNESS, height * SHARPNESS];
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not make a picture of this chart.');
  saveFile(blob, `${name}.png`);
}
