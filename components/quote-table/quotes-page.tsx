'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { ROUTES } from '@/lib/api/routes';
import type { QuoteFilter } from '@/lib/quotes/quote-row';
import { useProject } from '../live/project-context';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { Select } from '../ui/select';
import { QuoteFilters } from './quote-filters';
import { type Grouping, QuoteTable } from './quote-table';
import { askedFor, useQuotes } from './use-quotes';

const OPEN: QuoteFilter = { sort: 'newest' };

/** Who said what, where, and how we know: the quotes of all sources in one table. */
export function QuotesPage() {
  const [filter, setFilter] = useState<QuoteFilter>(OPEN);
  const [grouping, setGrouping] = useState<Grouping>('none');
  const { rows, error, more, isMore, projectId } = useQuotes(filter);
  const hasSources = useProject((state) => state.sources.size > 0);
  const narrowed = Object.keys(askedFor(filter)).length > 1;
  const isEmpty = rows !== null && rows.items.length === 0 && !narrowed;
  const path = ROUTES['quote.export'].path.replace('{projectId}', projectId);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageHeading
        title="Quotes"
        action={
          isEmpty || rows === null ? undefined : (
            <a
              href={`${path}?${new URLSearchParams(askedFor(filter))}`}
              download="quotes.csv"
              className={buttonClass()}
            >
              <Download aria-hidden className="size-4" />
              Export these rows
            </a>
          )
        }
      >
        Who said what, where it stands, and how we know it.
      </PageHeading>
      {isEmpty ? (
        <EmptyState title="No quotes yet">
          {hasSources
            ? 'Open a source, select what somebody said and press q, or let its quotes be found. Each one appears here with its speaker.'
            : 'Bring in a source first. Then select what somebody said in it and press q.'}
        </EmptyState>
      ) : (
        <>
          <QuoteFilters filter={filter} onFilter={setFilter} />
          <div className="flex flex-wrap items-center justify-between gap-2 pb-3">
            <p role="status" className="text-[14px] text-muted">
              {rows === null
                ? ''
                : rows.items.length === 0
                  ? 'No quote fits all of this.'
                  : `${rows.items.length}${rows.nextCursor === null ? '' : ' or more'} ${rows.items.length === 1 ? 'quote' : 'quotes'}`}
            </p>
            <div className="flex gap-2">
              <Select
                label="Sort"
                labelHidden
                size="small"
                className="w-32"
                value={filter.sort}
                onChange={(sort) => {
                  setFilter({ ...filter, sort });
                  if (grouping !== sort) setGrouping('none');
                }}
                options={[
                  { id: 'newest', label: 'Newest first' },
                  { id: 'oldest', label: 'Oldest first' },
                  { id: 'speaker', label: 'By speaker' },
                  { id: 'source', label: 'By source' },
                ]}
              />
              <Select
                label="Group"
                labelHidden
                size="small"
                className="w-40"
                value={grouping}
                onChange={(wanted) => {
                  setGrouping(wanted);
                  if (wanted !== 'none') setFilter({ ...filter, sort: wanted });
                }}
                options={[
                  { id: 'none', label: 'Not grouped' },
                  { id: 'speaker', label: 'Grouped by speaker' },
                  { id: 'source', label: 'Grouped by source' },
                ]}
              />
            </div>
          </div>
          <FormError>{error}</FormError>
          {rows === null ? (
            error === null ? (
              <Spinner label="Reading the quotes" />
            ) : null
          ) : rows.items.length === 0 ? null : (
            <QuoteTable
              rows={rows.items}
              sort={filter.sort}
              onSort={(sort) => {
                setFilter({ ...filter, sort });
                if (grouping !== sort) setGrouping('none');
              }}
              grouping={grouping}
            />
          )}
          {rows?.nextCursor == null ? null : (
            <div className="pt-4">
              <Button onPress={() => void more()} isPending={isMore}>
                Show more
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
