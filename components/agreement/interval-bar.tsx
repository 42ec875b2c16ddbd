import type { AgreementFigure } from '@/lib/agreement/answer';

/** Where -1 to 1 lies in a bar; what is below 0 is worse than chance. */
const at = (value: number) => `${((Math.max(-1, Math.min(1, value)) + 1) / 2) * 100}%`;

/** A figure between -1 and 1 as a dot, its interval as a line; the numbers stand beside it. */
export function IntervalBar({ value, interval }: Pick<AgreementFigure, 'value' | 'interval'>) {
  if (value === undefined) return null;
  const ends = interval ?? null;
  return (
    <div aria-hidden className="relative h-3 w-full min-w-24">
      <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
      <div className="absolute top-0 h-full w-px bg-edge" style={{ left: at(0) }} />
      {ends === null ? null : (
        <div
          className="absolute top-1/2 h-1 -translate-y-1/2 rounded-full bg-accent opacity-40"
          style={{ left: at(ends.low), right: `calc(100% - ${at(ends.high)})` }}
        />
      )}
      <div
        className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-accent"
        style={{ left: at(value) }}
      />
    </div>
  );
}
