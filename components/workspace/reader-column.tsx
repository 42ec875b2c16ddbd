'use client';
import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import type { Source } from '@/lib/sources/source';
import { DRAGGED } from '../annotations/annotation-card';
import { Margin } from '../annotations/margin';
import { isHiddenMark } from '../live/hidden-mark';
import { useActions } from '../live/project-context';
import { ArticleView, type Reader } from '../reader/article-view';
import type { Mark } from '../reader/highlight-layer';
import { offsetInView, scrollToSpan } from '../reader/scroll-to-span';
import { useMarks } from '../reader/use-marks';
import { useSelectedSpan } from '../reader/use-selected-span';
import { useStored } from '../ui/use-stored';
import { Following } from './following';
import { TextOrPages } from './text-or-pages';
import { useCodeDrop } from './use-code-drop';
import type { useMarking } from './use-marking';
import { PASSAGE } from './use-source-marks';

/** Most sources are in no pass: whoever codes in one waits a moment for its bar. */
const PassBar = lazy(() => import('../passes/pass-bar').then((module) => ({ default: module.PassBar })));

/** Few sources have pages; what draws them weighs more than all the rest. */
const PagesView = lazy(() =>
  import('../reader/pages-view').then((module) => ({ default: module.PagesView })),
);

/** CSS pixels of the reader column from which there is room for cards beside the text. */
export const ROOM_FOR_MARGIN = 700;

type Props = {
  source: Source;
  /** The text that is shown, and where protected passages stand in it. */
  snapshot: Pick<SourceSnapshot, 'html' | 'protectedPassages'>;
  reader: Reader | null;
  onReader: (reader: Reader | null) => void;
  painted: readonly Mark[];
  shown: readonly Annotation[];
  marking: ReturnType<typeof useMarking>;
  openId: string | null;
  hasMargin: boolean;
  onMargin: (hasMargin: boolean) => void;
  renderCard: (id: string) => ReactNode;
  /** Marks under a click, the smallest first; none when the click hit plain text. */
  onHit: (ids: string[], at: { x: number; y: number }) => void;
  /** What stands between the head of the page and the article. */
  hint: ReactNode;
  /** What lies over the article and goes with it. */
  overlay?: ReactNode;
};

/** The article with its cards: one scroll for both. */
export function ReaderColumn(props: Props) {
  const {
    source,
    snapshot,
    reader,
    onReader,
    painted,
    shown,
    marking,
    openId,
    hasMargin,
    onMargin,
    renderCard,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { onPages, choice } = useTextOrPages(source, reader);
  const [near, setNear] = useState<{ ids: string[]; tops: ReadonlyMap<string, number> }>({
    ids: [],
    tops: new Map(),
  });
  const look = useCallback(() => {
    if (reader === null) return;
    const ids = reader.layer.marksNearView().map(({ id }) => id);
    const wanted = ids.filter((id) => id !== PASSAGE);
    if (openId !== null && !wanted.includes(openId)) wanted.push(openId);
    setNear({ ids: wanted, tops: reader.layer.positionsOf(wanted) });
  }, [reader, openId]);

  useMarks(reader, painted, look);
  useEffect(look, [look]);
  useSelectedSpan(
    reader?.map ?? null,
    useCallback((span) => marking.select(span, 'pointer'), [marking.select]),
  );
  useArticlePointer(reader, props.onHit);
  useCodeDrop(reader, marking);
  useMargin(scroller, onMargin);

  const { html, protectedPassages } = snapshot;
  const view = { source, html, scroller, onReader, onLayout: look, hint: props.hint };
  const order = new Map(shown.map(({ id }, index) => [id, index]));
  const ids = near.ids
    .filter((id) => order.has(id))
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return (
    <>
      <Suspense fallback={null}>
        <PassBar sourceId={source.id} />
      </Suspense>
      <div ref={scroller} className="relative min-h-0 grow overflow-y-auto overscroll-contain">
        <Following reader={reader} sourceId={source.id} />
        <div
          className={`mx-auto grid gap-x-8 px-5 pt-8 pb-[40dvh] sm:px-8 ${hasMargin ? `${onPages ? 'max-w-[80rem] grid-cols-[minmax(0,1fr)_13rem]' : 'max-w-[64rem] grid-cols-[minmax(0,40rem)_minmax(13rem,18rem)]'} justify-center` : 'max-w-[44rem]'}`}
        >
          <div className="relative min-w-0">
            {props.overlay}
            {choice}
            {onPages ? (
              <Suspense fallback={<p className="py-4 text-muted">Opening the pages…</p>}>
                <PagesView {...view} />
              </Suspense>
            ) : (
              // Not in a Suspense: it would be hydrated later than what it shares the store with.
              <ArticleView {...view} protectedPassages={protectedPassages} />
            )}
          </div>
          {hasMargin && reader !== null ? (
            <Margin
              ids={ids}
              tops={near.tops}
              article={reader.root}
              activeId={openId}
              renderCard={renderCard}
            />
          ) : null}
        </div>
      </div>
    </>
  );
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

/** Whether the source is shown as its text or as its pages, and what chooses; the place that is read stays in view. */
function useTextOrPages(source: Source, reader: Reader | null) {
  // Kept in the browser: a column that becomes narrow is another one, and whoever reads pages wants those of the next PDF.
  const [wanted, setWanted] = useStored('gloss.pages', false, isBoolean);
  const place = useRef<number | null>(null);
  const hasPages = source.text.pageStarts !== null;
  const onPages = hasPages && wanted;
  useEffect(() => {
    if (reader === null || place.current === null) return;
    scrollToSpan(reader, { start: place.current, end: place.current + 1 });
    place.current = null;
  }, [reader]);
  const change = (pages: boolean) => {
    const isAtTop = reader === null || reader.scroller.scrollTop === 0;
    place.current = isAtTop ? null : offsetInView(reader);
    setWanted(pages);
  };
  const choice = hasPages ? <TextOrPages onPages={onPages} onChange={change} /> : null;
  return { onPages, choice };
}

function useArticlePointer(reader: Reader | null, onHit: Props['onHit']) {
  const { peek } = useActions();
  const told = useRef(onHit);
  told.current = onHit;
  useEffect(() => {
    if (reader === null) return;
    const click = (event: MouseEvent) => {
      if (document.getSelection()?.isCollapsed === false) return;
      const at = { x: event.clientX, y: event.clientY };
      const hits = reader.layer.hitTest(at.x, at.y).filter((id) => id !== PASSAGE);
      const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[href]');
      if (link !== null) {
        event.preventDefault();
        // A mark on a link opens the mark; the link itself never leads away from the work.
        if (hits.length === 0) window.open(link.href, '_blank', 'noopener,noreferrer');
      }
      told.current(hits, at);
    };
    // Selected words that are marked travel as their mark: dropped in the note they are a chip, not a copy.
    const drag = (event: DragEvent) => {
      const [id] = reader.layer.hitTest(event.clientX, event.clientY).filter((hit) => hit !== PASSAGE);
      if (id !== undefined && !isHiddenMark(peek(), id)) event.dataTransfer?.setData(DRAGGED, id);
    };
    reader.root.addEventListener('click', click);
    reader.root.addEventListener('dragstart', drag);
    return () => {
      reader.root.removeEventListener('click', click);
      reader.root.removeEventListener('dragstart', drag);
    };
  }, [reader, peek]);
}

function useMargin(scroller: RefObject<HTMLElement | null>, onMargin: (hasMargin: boolean) => void) {
  const told = useRef(onMargin);
  told.current = onMargin;
  useEffect(() => {
    if (scroller.current === null) return;
    const sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) told.current(entry.contentRect.width >= ROOM_FOR_MARGIN);
    });
    sizes.observe(scroller.current);
    return () => sizes.disconnect();
  }, [scroller]);
}
