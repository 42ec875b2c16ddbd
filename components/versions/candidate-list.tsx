'use client';
import type { Target } from '@/lib/annotations/target';
import { DiffWords } from '../ui/diff-words';
import { Kbd } from '../ui/kbd';
import { percent } from './outcome-words';

/** The places a mark may stand at now, each with what it has and lacks beside the old words; one is chosen. */
export function CandidateList({
  target,
  chosen,
  onChoose,
}: {
  target: Target;
  /** By its place in the list; -1 for none. */
  chosen: number;
  onChoose: (index: number) => void;
}) {
  const before = target.stood?.exact ?? '';
  return (
    <div role="radiogroup" aria-label="Places in this version" className="flex flex-col gap-2">
      {target.candidates.map((candidate, index) => (
        <label
          key={`${candidate.start}-${candidate.end}`}
          className={`flex cursor-pointer gap-3 rounded-md border px-3 py-2 ${index === chosen ? 'border-accent bg-accent-wash/40' : 'border-line hover:bg-hover'}`}
        >
          <input
            type="radio"
            name={`candidate-${target.annotationId}`}
            checked={index === chosen}
            onChange={() => onChoose(index)}
            className="mt-1.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="flex items-baseline gap-2 text-[12px] text-muted">
              {target.candidates.length > 1 ? <Kbd>{String(index + 1)}</Kbd> : null}
              {percent(candidate.score)} alike
            </span>
            <span
              className="block font-serif text-[16px] leading-relaxed [overflow-wrap:anywhere]"
              dir="auto"
            >
              <span className="text-muted">{candidate.prefix === '' ? '' : `…${candidate.prefix}`}</span>
              <DiffWords before={before} after={candidate.exact} side="after" />
              <span className="text-muted">{candidate.suffix === '' ? '' : `${candidate.suffix}…`}</span>
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
