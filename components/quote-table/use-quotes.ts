'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { QuoteFilter, QuoteRow } from '@/lib/quotes/quote-row';
import { useProject } from '../live/project-context';
import { CallError, call } from '../ui/http';

/** Rows that a page brings, and that are read anew at most when something happened. */
const PAGE = 50;
const MOST_ANEW = 200;
/** How long it waits for more to happen or to be typed, in ms. */
const PAUSE = 250;

type Rows = { readonly items: readonly QuoteRow[]; readonly nextCursor: string | null };

/** What is asked for, without what is left open. */
export function askedFor(filter: QuoteFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The quotes that fit, page after page, read anew when something happens in the project. */
export function useQuotes(filter: QuoteFilter) {
  const { projectId, lastEventId } = useProject((state) => ({
    projectId: state.project.id,
    lastEventId: state.lastEventId,
  }));
  const [rows, setRows] = useState<Rows | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isMore, setIsMore] = useState(false);
  const asked = JSON.stringify(askedFor(filter));
  const shown = useRef({ asked: '', count: 0 });
  const run = useRef(0);

  const read = useCallback(
    async (limit: number, cursor: string | null, signal?: AbortSignal) => {
      const query = { ...(JSON.parse(asked) as QuoteFilter), limit, ...(cursor === null ? {} : { cursor }) };
      return call('quote.list', { params: { projectId }, query, signal });
    },
    [asked, projectId],
  );

  useEffect(() => {
    const leave = new AbortController();
    // What happens in the project is a reason to read anew: naming it makes the effect run again.
    if (lastEventId < 0) return;
    run.current += 1;
    const isSame = shown.current.asked === asked;
    const limit = isSame ? Math.min(Math.max(PAGE, shown.current.count), MOST_ANEW) : PAGE;
    const wait = setTimeout(
      () => {
        read(limit, null, leave.signal).then(
          (page) => {
            shown.current = { asked, count: page.items.length };
            setRows(page);
            setError(null);
          },
          (fault: unknown) => {
            if (leave.signal.aborted) return;
            if (!(fault instanceof CallError)) reportError(fault);
            setError(
              fault instanceof CallError ? fault.message : 'The quotes could not be read. Reload the page.',
            );
          },
        );
      },
      shown.current.asked === '' ? 0 : PAUSE,
    );
    return () => {
      clearTimeout(wait);
      leave.abort();
    };
  }, [asked, read, lastEventId]);

  const more = async () => {
    if (rows?.nextCursor == null || isMore) return;
    const mine = run.current;
    setIsMore(true);
    try {
      const page = await read(PAGE, rows.nextCursor);
      if (mine === run.current) {
        const items = [...rows.items, ...page.items];
        shown.current = { asked, count: items.length };
        setRows({ items, nextCursor: page.nextCursor });
      }
    } catch (fault) {
      if (!(fault instanceof CallError)) throw fault;
      setError(fault.message);
    } finally {
      setIsMore(false);
    }
  };
  return { rows, error, more, isMore, projectId };
}
