import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist/types/src/display/api';
import type { PageFrame } from './page-text';

/** Pixels of a canvas that browsers still draw on phones. */
const MOST_PIXELS = 12_000_000;

/**
 * Opens a PDF with the library that draws it, which is fetched now: its parts come from our own origin, and nothing of the
 * file is run. @throws what the library says of a file it can't read.
 */
export async function openPdf(data: ArrayBuffer): Promise<PDFDocumentProxy> {
  const { getDocument, GlobalWorkerOptions, version } = await import('pdfjs-dist');
  const library = `/pdf-library/${version}`;
  GlobalWorkerOptions.workerSrc = `${library}/build/pdf.worker.min.mjs`;
  const absolute = (folder: string) => new URL(`${library}/${folder}/`, window.location.href).href;
  return getDocument({
    data,
    cMapUrl: absolute('cmaps'),
    standardFontDataUrl: absolute('standard_fonts'),
    wasmUrl: absolute('wasm'),
    // The policy of our pages lets no compiled code run.
    useWasm: false,
    enableXfa: false,
  }).promise;
}

/** Draws pages when they come near the view, and lets go of those that are far. */
export class PageDrawer {
  readonly #document: PDFDocumentProxy;
  readonly #frames: readonly PageFrame[];
  readonly #onFault: (error: unknown) => void;
  readonly #tasks = new Map<PageFrame, RenderTask>();
  /** The width (CSS pixels) that a page is drawn for. */
  readonly #drawn = new Map<PageFrame, number>();
  readonly #near = new Set<PageFrame>();
  readonly #sight: IntersectionObserver;
  readonly #sizes: ResizeObserver;

  constructor(
    document: PDFDocumentProxy,
    frames: readonly PageFrame[],
    scroller: HTMLElement,
    onFault: (error: unknown) => void,
  ) {
    this.#document = document;
    this.#frames = frames;
    this.#onFault = onFault;
    const by = new Map<Element, PageFrame>(frames.map((frame) => [frame.element, frame]));
    this.#sight = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const frame = by.get(target);
          if (frame !== undefined) this.#come(frame, isIntersecting);
        }
      },
      { root: scroller, rootMargin: '100% 0px' },
    );
    this.#sizes = new ResizeObserver(() => {
      for (const frame of this.#near) void this.#draw(frame);
    });
    for (const { element } of frames) this.#sight.observe(element);
    if (frames[0] !== undefined) this.#sizes.observe(frames[0].element);
  }

  dispose(): void {
    this.#sight.disconnect();
    this.#sizes.disconnect();
    this.#near.clear();
    for (const task of this.#tasks.values()) task.cancel();
    void this.#document.loadingTask.destroy();
  }

  #come(frame: PageFrame, isNear: boolean): void {
    if (isNear) {
      this.#near.add(frame);
      void this.#draw(frame);
      return;
    }
    this.#near.delete(frame);
    this.#tasks.get(frame)?.cancel();
    this.#drawn.delete(frame);
    frame.canvas.width = 0;
    frame.canvas.height = 0;
  }

  async #draw(frame: PageFrame): Promise<void> {
    const width = frame.element.clientWidth;
    if (width === 0 || this.#drawn.get(frame) === width) return;
    this.#drawn.set(frame, width);
    this.#tasks.get(frame)?.cancel();
    try {
      const page = await this.#document.getPage(this.#frames.indexOf(frame) + 1);
      if (this.#drawn.get(frame) !== width) return;
      const plain = page.getViewport({ scale: 1 });
      const wanted = (width / plain.width) * window.devicePixelRatio;
      const most = Math.sqrt(MOST_PIXELS / (plain.width * plain.height));
      const viewport = page.getViewport({ scale: Math.min(wanted, most) });
      const canvas = frame.canvas.cloneNode() as HTMLCanvasElement;
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const task = page.render({ canvas, viewport });
      this.#tasks.set(frame, task);
      await task.promise;
      // Only a whole page is shown, so that one of another size stays until then.
      frame.canvas.width = canvas.width;
      frame.canvas.height = canvas.height;
      frame.canvas.getContext('2d')?.drawImage(canvas, 0, 0);
      frame.element.dataset.drawn = String(width);
    } catch (error) {
      if (error instanceof Error && error.name === 'RenderingCancelledException') return;
      if (!this.#near.has(frame)) return;
      this.#onFault(error);
    }
  }
}
