'use client';
import type { Loss } from '@/lib/exchange/losses';
import type { ExportPreview } from '@/lib/exchange/preview';
import { Spinner } from '../ui/progress';

/** What a format can't hold of the project: each kind with its number, why, and the first of them. */
export function LossList({ preview, isReading }: { preview: ExportPreview | null; isReading: boolean }) {
  if (preview === null)
    return isReading ? (
      <div className="flex items-center gap-2 text-muted">
        <Spinner label="Looking at what the format can’t hold" />
        Looking at what the format can’t hold
      </div>
    ) : null;
  if (preview.losses.length === 0)
    return <p role="status">Nothing. This format holds all of it that you may see.</p>;
  return <LossItems losses={preview.losses} />;
}

/** Losses, each kind with its number, why, and the first of them. */
export function LossItems({ losses }: { losses: readonly Loss[] }) {
  return (
    <ul className="flex flex-col divide-y divide-line border-y border-line">
      {losses.map(({ what, why, count, examples }) => (
        <li key={what} className="flex flex-col gap-0.5 py-2.5">
          <p className="flex items-baseline justify-between gap-3">
            <span className="font-medium">{what}</span>
            <span className="tabular-nums text-muted">{count.toLocaleString('en-GB')}</span>
          </p>
          <p className="text-[14px] text-muted">{why}</p>
          {examples.map((example) => (
            <p key={example} className="truncate text-[14px]" title={example}>
              {example}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
