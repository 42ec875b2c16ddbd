'use client';
import { Search, Snowflake, X } from 'lucide-react';
import Link from 'next/link';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { analysisOfBlock, blockOf } from '@/lib/analysis/analysis';
import { LONGEST_QUERY } from '@/lib/notes/note-content';
import { useProject } from '../../live/project-context';
import { Excerpt, hrefOf, KINDS } from '../../search/search-result';
import { Button, IconButton } from '../../ui/button';
import { FormError } from '../../ui/form-error';
import { type Answer, call } from '../../ui/http';
import { Time } from '../../ui/time';
import { useAction } from '../../ui/use-action';
import { useCall } from '../../ui/use-call';
import { useSettled } from '../../ui/use-settled';
import './living-query.css';
import type { ShownQuery } from './query-node';

const LiveAnalysis = lazy(() =>
  import('./analysis-block').then((module) => ({ default: module.LiveAnalysis })),
);
const SavedPicks = lazy(() => import('./analysis-block').then((module) => ({ default: module.SavedPicks })));
const FrozenAnalysisBlock = lazy(() =>
  import('./analysis-block').then((module) => ({ default: module.FrozenAnalysisBlock })),
);

/** How often a living query looks again, at most, while others work. */
const AGAIN_MS = 1_500;
const AT_FIRST = 8;
const MOST = 100;

/** Draws the living queries of a note, each in its place in the text. */
export function LivingQueries({
  shown,
  noteId,
  writable,
}: {
  shown: readonly ShownQuery[];
  noteId: string;
  writable: boolean;
}) {
  return shown.map((query) =>
    createPortal(
      <LivingQueryBlock shown={query} noteId={noteId} writable={writable} />,
      query.host,
      String(query.key),
    ),
  );
}

function LivingQueryBlock({
  shown,
  noteId,
  writable,
}: {
  shown: ShownQuery;
  noteId: string;
  writable: boolean;
}) {
  const { query, frozenId } = shown;
  const projectId = useProject((state) => state.project.id);
  const analysisId = analysisOfBlock(query);
  const freeze = useAction(async () => {
    const params = { projectId, noteId };
    const { id } =
      analysisId === null
        ? await call('frozen-query.create', { params, body: { q: query } })
        : await call('frozen-analysis.create', { params, body: { analysisId } });
    shown.change({ frozenId: id });
  });
  return (
    <section
      aria-label={analysisId !== null ? 'An analysis' : query === '' ? 'A search' : `Search: ${query}`}
      className="living-query-block"
    >
      <div className="flex items-center gap-2">
        {frozenId === null ? (
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
        ) : (
          <Snowflake aria-hidden className="size-4 shrink-0 text-muted" />
        )}
        {writable && frozenId === null && analysisId === null ? (
          <QueryField key={query} query={query} onChange={(next) => shown.change({ query: next })} />
        ) : (
          <p className="min-w-0 grow truncate font-medium">
            {analysisId !== null ? 'Analysis' : query === '' ? 'Nothing is looked for yet' : query}
          </p>
        )}
        {writable && query !== '' ? (
          frozenId === null ? (
            <Button size="small" look="quiet" isPending={freeze.busy} onPress={() => void freeze.run()}>
              Freeze
            </Button>
          ) : (
            <Button size="small" look="quiet" onPress={() => shown.change({ frozenId: null })}>
              Live again
            </Button>
          )
        ) : null}
        {writable ? (
          <IconButton label="Take this search out of the note" onPress={shown.remove}>
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : null}
      </div>
      <FormError>{freeze.error}</FormError>
      {query === '' ? (
        <div className="text-[13px] text-muted">
          Words, or fields such as code:Denial, speaker:Lund, status:open. What is found stands here, and
          changes as others work.
          {writable ? (
            <Suspense fallback={null}>
              <SavedPicks projectId={projectId} onPick={(id) => shown.change({ query: blockOf(id) })} />
            </Suspense>
          ) : null}
        </div>
      ) : analysisId !== null ? (
        <Suspense fallback={null}>
          {frozenId === null ? (
            <LiveAnalysis analysisId={analysisId} projectId={projectId} />
          ) : (
            <FrozenAnalysisBlock frozenId={frozenId} projectId={projectId} noteId={noteId} />
          )}
        </Suspense>
      ) : frozenId === null ? (
        <Live query={query} projectId={projectId} />
      ) : (
        <Frozen frozenId={frozenId} projectId={projectId} noteId={noteId} />
      )}
    </section>
  );
}

/** Kept on Enter and on leaving it, so that others don't see a query half typed. */
function QueryField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const [typed, setTyped] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Just put in: what it should look for is the next thing to say.
    if (query === '') input.current?.focus({ preventScroll: true });
  }, [query]);
  const keep = () => {
    if (typed.trim() !== query) onChange(typed.trim());
  };
  return (
    <input
      ref={input}
      type="search"
      aria-label="What to look for"
      placeholder="What to look for"
      maxLength={LONGEST_QUERY}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
        if (event.key === 'Escape') setTyped(query);
      }}
      className="h-8 min-w-0 grow rounded border border-transparent bg-transparent px-1 font-medium hover:border-line focus:border-edge"
    />
  );
}

function Live({ query, projectId }: { query: string; projectId: string }) {
  const last = useSettled(
    useProject((state) => state.lastEventId),
    AGAIN_MS,
  );
  const { data, error } = useCall(
    (signal) => call('search', { params: { projectId }, query: { q: query, limit: MOST }, signal }),
    `${last} ${query}`,
  );
  if (data === null) return <FormError>{error}</FormError>;
  return (
    <>
      <Places items={data.items} projectId={projectId}>
        {countWords(data.total)} now ·{' '}
        <Link href={`/projects/${projectId}/search?q=${encodeURIComponent(query)}`} className="underline">
          Open in search
        </Link>
      </Places>
      {data.problems.map(({ start, words }) => (
        <p key={`${start} ${words}`} className="text-[13px] text-warning">
          {words}
        </p>
      ))}
      <FormError>{error}</FormError>
    </>
  );
}

function Frozen({ frozenId, projectId, noteId }: { frozenId: string; projectId: string; noteId: string }) {
  const { data, error } = useCall(
    (signal) => call('frozen-query.get', { params: { projectId, noteId, frozenId }, signal }),
    frozenId,
  );
  if (data === null) return <FormError>{error}</FormError>;
  return (
    <Places items={data.items} projectId={projectId}>
      {countWords(data.total)} when {data.by.name} froze it, <Time at={data.at} />
    </Places>
  );
}

const countWords = (total: number | null) =>
  total === null
    ? 'More than 1,000 places'
    : total === 1
      ? '1 place'
      : `${total.toLocaleString('en')} places`;

function Places({
  items,
  projectId,
  children,
}: {
  items: Answer<'search'>['items'];
  projectId: string;
  children: React.ReactNode;
}) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <p role="status" className="text-[13px] text-muted">
        {children}
      </p>
      {items.length === 0 ? null : (
        <ol className="living-query-places">
          {items.slice(0, isWhole ? MOST : AT_FIRST).map((item) => (
            <li key={`${item.kind} ${item.id}`}>
              <Link href={hrefOf(item, projectId)} className="font-medium hover:underline">
                {item.title}
              </Link>{' '}
              <span className="text-[13px] text-muted">
                {KINDS[item.kind]}
                {item.by === null ? '' : `, ${item.by.name}`}
              </span>
              <span className="block font-serif text-[15px] leading-snug" dir="auto">
                <Excerpt excerpt={item.excerpt} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {!isWhole && items.length > AT_FIRST ? (
        <Button size="small" look="quiet" className="self-start" onPress={() => setIsWhole(true)}>
          {items.length - AT_FIRST} more
        </Button>
      ) : null}
    </>
  );
}
