'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { CodePassage } from '@/lib/codebook/passage';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { Spinner } from '../ui/progress';
import type { usePassages } from './use-passages';

/** Passages in their context, one below the other (KWIC). Each leads to its place in the source. */
export function PassageList({
  label,
  passages,
  projectId,
  isLinked = true,
  start,
  end,
  empty,
}: {
  label: string;
  passages: ReturnType<typeof usePassages>;
  projectId: string;
  /** Not where a dialog would be left by it. */
  isLinked?: boolean;
  /** What stands before and behind each of them. */
  start?: (passage: CodePassage) => ReactNode;
  end?: (passage: CodePassage) => ReactNode;
  empty: ReactNode;
}) {
  const { items, hasMore, isBusy, error, more } = passages;
  if (items === null)
    return error === null ? <Spinner label="Reading the passages" /> : <FormError>{error}</FormError>;
  return (
    <>
      <FormError>{error}</FormError>
      {items.length === 0 ? (
        <div className="max-w-prose py-3 text-[14px] text-muted">{empty}</div>
      ) : (
        <ul aria-label={label} className="border-t border-line">
          {items.map((passage) => (
            <li key={passage.id} className="relative flex items-start gap-2 border-b border-line py-2.5">
              {start?.(passage)}
              <div className="min-w-0 grow">
                <p className="font-serif text-[15px] leading-snug [overflow-wrap:anywhere]" dir="auto">
                  <span className="text-muted">{passage.before}</span>
                  {isLinked ? (
                    <Link
                      href={`/projects/${projectId}/sources/${passage.sourceId}?mark=${passage.id}`}
                      className="rounded font-semibold text-ink underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent"
                    >
                      {passage.exact}
                    </Link>
                  ) : (
                    <strong className="font-semibold">{passage.exact}</strong>
                  )}
                  <span className="text-muted">{passage.after}</span>
                </p>
                <p className="mt-0.5 truncate text-[13px] text-muted">
                  {passage.sourceTitle} · {passage.creator.name}
                  {passage.isOutdated ? ' · under other words' : ''}
                </p>
              </div>
              {end?.(passage)}
            </li>
          ))}
        </ul>
      )}
      {hasMore ? (
        <Button size="small" className="mt-3 self-start" onPress={more} isPending={isBusy}>
          More passages
        </Button>
      ) : null}
    </>
  );
}
