'use client';

import { CopyText } from './copy-text';
import { INPUT_CLASS } from './field';

/** Something shown once, to be copied. */
export function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className={`${INPUT_CLASS} h-9 min-w-0 grow font-mono text-[13px]`}
      />
      <CopyText text={value} />
    </div>
  );
}
