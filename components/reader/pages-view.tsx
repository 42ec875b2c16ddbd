'use client';
import { Download, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { ROUTES } from '@/lib/api/routes';
import { canonicalText } from '@/lib/sources/canonical-text';
import type { Source } from '@/lib/sources/source';
import { IconButton } from '../ui/button';
import { CallError, call, download } from '../ui/http';
import type { Reader } from './article-view';
import { openPdf, PageDrawer } from './draw-pages';
import { HighlightLayer } from './highlight-layer';
import { buildPages, type PageFrame } from './page-text';
import './highlights.css';
import './pages.css';
import { sanitiseArticle } from './sanitise';
import { TextMap } from './text-map';

type Props = {
  source: Source;
  html: string;
  scroller: RefObject<HTMLElement | null>;
  onReader: (reader: Reader | null) => void;
  onLayout: () => void;
  hint?: ReactNode;
};

const ZOOMS = [1, 1.25, 1.5, 2, 3] as const;

function textOf(html: string): string {
  const article = document.createElement('div');
  article.innerHTML = sanitiseArticle(html);
  return canonicalText<Node>(article).text;
}

/** Why the pages are not shown. */
type Failure = {
  readonly words: string /** Whether they are another's to open: nothing is wrong then. */;
  readonly isClosed: boolean;
};

const failureOf = (error: unknown): Failure => ({
  words: error instanceof Error ? error.message : 'Something went wrong.',
  isClosed: error instanceof CallError && error.code === 'forbidden',
});

/** A source as the pages it stands on: drawn by the library for them, with our own text over each. */
export function PagesView({ source, html, scroller, onReader, onLayout, hint }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isWaiting, setIsWaiting] = useState(true);
  const told = useRef({ onReader, onLayout });
  told.current = { onReader, onLayout };
  const { id: sourceId, projectId } = source;
  const { version } = source.text;

  useEffect(() => {
    const element = root.current;
    const scrolled = scroller.current;
    if (element === null || scrolled === null) return;
    element.tabIndex = 0;
    const leaving = new AbortController();
    const { signal } = leaving;
    const asked = { params: { projectId, sourceId }, query: { version }, signal };
    let layer: HighlightLayer | undefined;
    let drawer: PageDrawer | undefined;

    /** The text first, which is there at once; what it lies on is drawn when the file has come. */
    async function show(element: HTMLElement, scrolled: HTMLElement): Promise<void> {
      const places = await call('source.places', asked);
      if (signal.aborted) return;
      const { frames, canonical } = buildPages(element, places, textOf(html));
      const map = new TextMap(element, () => canonical);
      layer = new HighlightLayer({ map, scroller: scrolled, onChange: () => told.current.onLayout() });
      told.current.onReader({ root: element, map, layer, scroller: scrolled });
      await draw(frames, scrolled);
    }

    async function draw(frames: readonly PageFrame[], scrolled: HTMLElement): Promise<void> {
      const file = await download('source.file', asked, () => {});
      const pdf = await openPdf(await file.arrayBuffer());
      if (signal.aborted) return void pdf.loadingTask.destroy();
      drawer = new PageDrawer(pdf, frames, scrolled, (error) => setFailure(failureOf(error)));
    }

    show(element, scrolled)
      .catch((error: unknown) => {
        if (!signal.aborted) setFailure(failureOf(error));
      })
      .finally(() => {
        if (!signal.aborted) setIsWaiting(false);
      });
    return () => {
      leaving.abort();
      told.current.onReader(null);
      layer?.dispose();
      drawer?.dispose();
    };
  }, [html, scroller, projectId, sourceId, version]);

  return (
    <>
      <h1 className="sr-only">{source.title}</h1>
      {hint}
      {failure === null ? null : failure.isClosed ? (
        <p role="status" className="mb-4 text-muted">
          {failure.words}
        </p>
      ) : (
        <p role="alert" className="mb-4 text-danger">
          The pages can’t be drawn: {failure.words} All their words are under “Text”.
        </p>
      )}
      <div className={failure?.isClosed ? 'hidden' : 'mb-3 flex items-center gap-1'}>
        <IconButton label="Smaller pages" isDisabled={zoom === 0} onPress={() => setZoom(zoom - 1)}>
          <ZoomOut aria-hidden className="size-4" />
        </IconButton>
        <span className="min-w-12 text-center text-[13px] tabular-nums text-muted">
          {Math.round((ZOOMS[zoom] ?? 1) * 100)} %
        </span>
        <IconButton
          label="Larger pages"
          isDisabled={zoom === ZOOMS.length - 1}
          onPress={() => setZoom(zoom + 1)}
        >
          <ZoomIn aria-hidden className="size-4" />
        </IconButton>
        <p role="status" className="ms-2 grow text-[13px] text-muted">
          {isWaiting ? 'Opening the pages…' : ''}
        </p>
        <a
          href={`${ROUTES['source.file'].path.replace('{projectId}', projectId).replace('{sourceId}', sourceId)}?version=${version}`}
          download
          className="inline-flex items-center gap-1.5 rounded text-[13px] text-accent underline underline-offset-2"
        >
          <Download aria-hidden className="size-3.5" /> The PDF
        </a>
      </div>
      <div className="overflow-x-auto">
        <div
          ref={root}
          className="pages focus-visible:outline-2 focus-visible:outline-accent"
          style={{ inlineSize: `${(ZOOMS[zoom] ?? 1) * 100}%` }}
          lang={source.language ?? undefined}
          role="document"
          aria-label={`Pages of ${source.title}`}
          aria-describedby="reading-keys"
        />
      </div>
    </>
  );
}
