'use client';
import type { DisputedCoding, QueuedDisagreement } from '@/lib/adjudication/decision';
import { firstWords, lastWords } from '@/lib/words/around';
import { useProject } from '../live/project-context';
import { Kbd } from '../ui/kbd';

type Held = Pick<DisputedCoding, 'codeId' | 'start' | 'end'>;

/** What a code is called; one that is gone is called so. */
export function useCodeName(): (codeId: string) => string {
  const codes = useProject((state) => state.codes);
  return (codeId) => codes.get(codeId)?.name ?? 'a code that is gone';
}

/** Who coded, by the coder of the pass. */
export function useCoderName(passId: string): (coderId: string) => string {
  const pass = useProject((state) => state.passes.get(passId));
  return (coderId) => pass?.coders.find(({ id }) => id === coderId)?.name ?? 'Somebody';
}

/** Words shown on each side of a disagreement, in UTF-16 units; the rest is for moving a span. */
const SHOWN = 140;

/** The passage in its words with one coding painted into it. */
export function Painted({ of, held }: { of: QueuedDisagreement; held: Held }) {
  const codes = useProject((state) => state.codes);
  const { text, from } = of.context;
  const colour = codes.get(held.codeId)?.colour;
  const [start, end] = [Math.max(0, held.start - from), Math.max(0, held.end - from)];
  return (
    <p
      className="whitespace-pre-line font-serif text-[17px] leading-relaxed [overflow-wrap:anywhere]"
      dir="auto"
    >
      <span className="text-muted">{lastWords(text.slice(0, start), SHOWN + held.start - of.start)}</span>
      <mark
        className="rounded-sm text-ink"
        style={{ background: colour ? `var(--code-${colour}-wash)` : 'var(--accent-wash)' }}
      >
        {text.slice(start, end)}
      </mark>
      <span className="text-muted">{firstWords(text.slice(end), SHOWN + of.end - held.end)}</span>
    </p>
  );
}

/** Each coder's coding of a passage, one under the other, to be taken by its number. */
export function Codings({
  passId,
  of,
  taken,
  onAccept,
}: {
  passId: string;
  of: QueuedDisagreement;
  /** What holds now, where it is decided. */
  taken: readonly Held[];
  onAccept: ((coding: DisputedCoding) => void) | null;
}) {
  const nameOf = useCoderName(passId);
  const codeOf = useCodeName();
  return (
    <ol aria-label="Codings" className="flex flex-col gap-3">
      {of.codings.map((coding, at) => {
        const holds = taken.some(
          ({ codeId, start, end }) =>
            codeId === coding.codeId && start === coding.start && end === coding.end,
        );
        return (
          <li
            key={`${coding.annotationId} ${coding.codeId}`}
            className={`rounded-lg border px-4 py-3 ${holds ? 'border-accent' : 'border-line'}`}
          >
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 pb-1.5 text-[14px]">
              {at < 9 ? <Kbd>{at + 1}</Kbd> : null}
              <span className="font-medium">{nameOf(coding.coderId)}</span>
              <span className="text-muted">coded it</span>
              <span className="font-medium">{codeOf(coding.codeId)}</span>
              {holds ? <span className="text-accent">holds</span> : null}
              {onAccept === null ? null : (
                <button
                  type="button"
                  onClick={() => onAccept(coding)}
                  className="ms-auto rounded px-1.5 py-0.5 text-accent underline underline-offset-2 hover:bg-hover"
                >
                  Accept<span className="sr-only"> the coding of {nameOf(coding.coderId)}</span>
                </button>
              )}
            </p>
            <Painted of={of} held={coding} />
          </li>
        );
      })}
    </ol>
  );
}
