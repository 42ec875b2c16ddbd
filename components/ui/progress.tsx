'use client';
import { ProgressBar } from 'react-aria-components';

/** Something is going on; the label says what. It is a block: no paragraph may hold it. */
export function Spinner({ label, size = 16 }: { label: string; size?: number }) {
  return (
    <ProgressBar isIndeterminate aria-label={label} className="inline-grid place-items-center">
      <svg width={size} height={size} viewBox="0 0 16 16" className="animate-spin text-accent" aria-hidden>
        <circle
          cx="8"
          cy="8"
          r="6.5"
          fill="none"
          stroke="currentColor"
          strokeOpacity="0.25"
          strokeWidth="2"
        />
        <path
          d="M8 1.5A6.5 6.5 0 0 1 14.5 8"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
    </ProgressBar>
  );
}

/** How far something has come, from 0 to 100. */
export function Progress({ label, value }: { label: string; value: number }) {
  return (
    <ProgressBar
      aria-label={label}
      value={value}
      className="block h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-accent" style={{ width: `${value}%` }} />
    </ProgressBar>
  );
}
