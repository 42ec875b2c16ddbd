'use client';
import { ExternalLink } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import type { Source } from '@/lib/sources/source';
import { HighlightLayer } from './highlight-layer';
import './highlights.css';
import { sanitiseArticle } from './sanitise';
import { showProtected } from './show-protected';
import { TextMap } from './text-map';

/** The article as it stands on the page: where it is, its text, its marks. */
export type Reader = {
  readonly root: HTMLElement;
  readonly map: TextMap;
  readonly layer: HighlightLayer;
  readonly scroller: HTMLElement;
};

type Props = {
  source: Source;
  html: string;
  /** Where passages stand that are blacked out for the reader, or that are theirs alone to read. */
  protectedPassages: SourceSnapshot['protectedPassages'];
  scroller: RefObject<HTMLElement | null>;
  onReader: (reader: Reader | null) => void;
  /** Passages lie elsewhere, or other ones came near the view. */
  onLayout: () => void;
  /** What stands between the head and the article. */
  hint?: ReactNode;
};

/** One source, to be read: its head and its article, whose DOM nothing changes once it stands. */
export function ArticleView({ source, html, protectedPassages, scroller, onReader, onLayout, hint }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const { title } = source;
  const [failure, setFailure] = useState<string | null>(null);
  const [namesItself, setNamesItself] = useState(false);
  const told = useRef({ onReader, onLayout });
  told.current = { onReader, onLayout };
  // A snapshot that was read again says the same in another object.
  const kept = JSON.stringify(protectedPassages);

  useEffect(() => {
    const element = root.current;
    const scrolled = scroller.current;
    if (element === null || scrolled === null) return;
    // The article is read by keys, so it can have the focus.
    element.tabIndex = 0;
    try {
      element.innerHTML = sanitiseArticle(html);
      showProtected(element, JSON.parse(kept));
      setFailure(null);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'The article can’t be shown.');
      return;
    }
    const map = new TextMap(element);
    // A text that begins with its title shows it itself, where it can be marked.
    setNamesItself(map.text.startsWith(title));
    const layer = new HighlightLayer({ map, scroller: scrolled, onChange: () => told.current.onLayout() });
    // Fonts that come late move every line.
    void document.fonts.ready.then(() => told.current.onLayout());
    told.current.onReader({ root: element, map, layer, scroller: scrolled });
    return () => {
      told.current.onReader(null);
      layer.dispose();
    };
  }, [html, kept, scroller, title]);

  return (
    <>
      <SourceHead source={source} withTitle={!namesItself} />
      {hint}
      {failure ? <p role="alert">{failure}</p> : null}
      <div
        ref={root}
        className="article prose focus-visible:shadow-[-12px_0_0_var(--paper),-14px_0_0_var(--accent)] focus-visible:outline-none"
        lang={source.language ?? undefined}
        dir="auto"
        role="document"
        aria-label={`Text of ${source.title}`}
        aria-describedby="reading-keys"
      />
    </>
  );
}

function SourceHead({ source, withTitle }: { source: Source; withTitle: boolean }) {
  const link = source.canonicalUrl ?? source.url;
  const published = source.publishedAt === null ? Number.NaN : Date.parse(source.publishedAt);
  return (
    <header className={`max-w-measure ${withTitle ? 'mb-8' : 'mb-4'}`}>
      {withTitle ? (
        <h1 className="mb-3 font-serif text-[2rem] font-semibold leading-[1.18] tracking-[-0.01em]">
          {source.title}
        </h1>
      ) : null}
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[14px] text-muted">
        {[
          source.byline,
          source.siteName,
          Number.isNaN(published)
            ? source.publishedAt
            : new Date(published).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
        ]
          .filter((part) => part !== null && part !== '')
          .map((part, index) => (
            <span key={part}>
              {index > 0 ? (
                <span aria-hidden className="me-2">
                  ·
                </span>
              ) : null}
              {part}
            </span>
          ))}
        {link === null || !/^https?:/i.test(link) ? null : (
          <a
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex items-center gap-1 rounded text-accent underline underline-offset-2"
          >
            Original <ExternalLink aria-hidden className="size-3.5" />
          </a>
        )}
      </p>
    </header>
  );
}
