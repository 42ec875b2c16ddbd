'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { type Answer, call } from '../ui/http';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { TextField } from '../ui/text-field';
import { wordsFor } from '../ui/use-action';
import { AddField } from './add-field';
import { SavedSearches } from './saved-searches';
import { SearchChips } from './search-chips';
import { SearchHelp } from './search-help';
import { SearchResult } from './search-result';

type Found = Answer<'search'>;
const REST_MS = 250;

/** Finding in everything the project holds; what is looked for stands in the address. */
export function SearchPage({ q }: { q: string }) {
  const router = useRouter();
  const projectId = useProject((state) => state.project.id);
  const [typed, setTyped] = useState(q);
  const [state, setState] = useState<{ found: Found | null; error: string | null; isBusy: boolean }>({
    found: null,
    error: null,
    isBusy: false,
  });
  const words = typed.trim();
  const more = useRef<AbortController | null>(null);
  useEffect(() => {
    if (words === '') return setState({ found: null, error: null, isBusy: false });
    const abort = new AbortController();
    more.current?.abort();
    const timer = setTimeout(async () => {
      setState((before) => ({ ...before, isBusy: true }));
      window.history.replaceState(null, '', `?q=${encodeURIComponent(words)}`);
      try {
        const found = await call('search', {
          params: { projectId },
          query: { q: words },
          signal: abort.signal,
        });
        setState({ found, error: null, isBusy: false });
      } catch (cause) {
        if (!abort.signal.aborted) setState({ found: null, error: wordsFor(cause), isBusy: false });
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [words, projectId]);
  const next = async () => {
    const cursor = state.found?.nextCursor;
    if (!cursor) return;
    const abort = new AbortController();
    more.current = abort;
    try {
      const page = await call('search', {
        params: { projectId },
        query: { q: words, cursor },
        signal: abort.signal,
      });
      setState((before) => ({
        ...before,
        found: before.found && {
          ...page,
          total: before.found.total,
          items: [...before.found.items, ...page.items],
        },
      }));
    } catch (cause) {
      if (!abort.signal.aborted) setState((before) => ({ ...before, error: wordsFor(cause) }));
    }
  };
  const { found } = state;
  return (
    <PageBody>
      <PageHeading title="Search" />
      <search className="flex flex-col gap-3 pb-4">
        <TextField
          label="What to look for"
          labelHidden
          type="search"
          autoFocus
          placeholder="Words, “a phrase”, speaker:lund, -draft"
          value={typed}
          onChange={setTyped}
        />
        <div className="flex flex-wrap items-center gap-2">
          <SearchChips q={typed} onChange={setTyped} />
          <AddField q={typed} onChange={setTyped} />
        </div>
        <SavedSearches
          q={words}
          onPick={(saved) => {
            setTyped(saved);
            router.replace(`?q=${encodeURIComponent(saved)}`);
          }}
        />
      </search>
      <FormError>{state.error}</FormError>
      {(found?.problems ?? []).map((problem) => (
        <p key={`${problem.start} ${problem.words}`} className="pb-2 text-[14px] text-warning">
          {problem.words}
        </p>
      ))}
      {words === '' ? (
        <SearchHelp onPick={(example) => setTyped(example)} />
      ) : found === null ? (
        state.error === null ? (
          <Spinner label="Searching" />
        ) : null
      ) : (
        <>
          <p role="status" className="pb-2 text-[13px] text-muted">
            {found.total === null
              ? 'More than 1,000 places'
              : found.total === 1
                ? '1 place'
                : `${found.total.toLocaleString('en')} places`}
            {found.items.some(({ fuzzy }) => fuzzy) ? ', some of them only similar' : ''}
          </p>
          {found.items.length === 0 ? (
            <EmptyState title="Nothing found">
              Every word has to stand somewhere in one thing. Leave some out, or put OR between them.
            </EmptyState>
          ) : (
            <ol aria-label="Places" aria-busy={state.isBusy} className="border-t border-line">
              {found.items.map((item) => (
                <SearchResult key={`${item.kind} ${item.id}`} item={item} projectId={projectId} />
              ))}
            </ol>
          )}
          {found.nextCursor ? (
            <Button className="mt-4" onPress={() => void next()}>
              More
            </Button>
          ) : null}
        </>
      )}
    </PageBody>
  );
}
