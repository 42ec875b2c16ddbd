'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { AnalysisPassage } from '@/lib/analysis/analysis';
import { firstWords, lastWords } from '@/lib/words/around';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Sheet } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { useCall } from '../ui/use-call';
import type { CellAsked } from './analysis-words';
import { askedFor } from './use-analysis';

const PAGE = 50;
/** UTF-16 units of text around a passage. */
const AROUND = 70;
/** The most the API gives at once. */
const MOST = 200;

/** The passages that a cell counts; of two codes that are near each other, the two passages of each pair. */
export function PassagesSheet({
  cell,
  projectId,
  onClose,
}: {
  cell: CellAsked;
  projectId: string;
  onClose: () => void;
}) {
  const [limit, setLimit] = useState(PAGE);
  const { row, column, ...asked } = cell.query;
  const query = { ...askedFor(asked), kind: asked.kind, row, column, limit };
  const { data, error, isCurrent } = useCall(
    (signal) => call('analysis.passages', { params: { projectId }, query, signal }),
    JSON.stringify(query),
  );
  const counted = data?.items.some(({ marks }) => marks.length > 1) ? 'pair' : 'passage';
  return (
    <Sheet title={cell.title} isOpen onClose={onClose} side="right">
      <FormError>{error}</FormError>
      {data === null ? (
        error === null ? (
          <Spinner label="Reading the passages" />
        ) : null
      ) : (
        <>
          <p role="status" className="text-[13px] text-muted">
            {data.total === 1 ? `1 ${counted}` : `${data.total.toLocaleString('en')} ${counted}s`}
            {data.total > data.items.length && limit >= MOST ? `, the first ${MOST} of them here` : ''}
          </p>
          <ul aria-label="Passages" className="flex flex-col">
            {data.items.map((passage) => (
              <Passage key={keyOf(passage)} passage={passage} projectId={projectId} />
            ))}
          </ul>
          {data.nextCursor !== null && limit < MOST ? (
            <Button
              size="small"
              className="self-start"
              isPending={!isCurrent}
              onPress={() => setLimit(Math.min(MOST, limit + PAGE))}
            >
              More passages
            </Button>
          ) : null}
        </>
      )}
    </Sheet>
  );
}

const keyOf = ({ marks }: AnalysisPassage) =>
  marks.map(({ annotationId, codeIds }) => `${annotationId} ${codeIds.join(' ')}`).join();

function Passage({ passage, projectId }: { passage: AnalysisPassage; projectId: string }) {
  const codes = useProject((state) => state.codes);
  const { sourceId, sourceTitle, marks } = passage;
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3">
      <p className="truncate text-[13px] text-muted">{sourceTitle}</p>
      {marks.map(({ annotationId, codeIds, by, before, exact, after }) => (
        <div key={`${annotationId} ${codeIds.join()}`}>
          <p className="font-serif text-[15px] leading-snug [overflow-wrap:anywhere]" dir="auto">
            <span className="text-muted">{lastWords(before, AROUND)}</span>
            <Link
              href={`/projects/${projectId}/sources/${sourceId}?mark=${annotationId}`}
              prefetch={false}
              className="rounded bg-accent-wash underline decoration-line underline-offset-2 hover:decoration-current"
            >
              {exact}
            </Link>
            <span className="text-muted">{firstWords(after, AROUND)}</span>
          </p>
          <p className="mt-0.5 text-[13px] text-muted">
            {codeIds.map((id) => codes.get(id)?.name ?? 'A code that is gone').join(' and ')}, {by.name}
          </p>
        </div>
      ))}
    </li>
  );
}
