'use client';
import { Check, MessageCircle } from 'lucide-react';
import { type Decision, isSettled, type QueuedDisagreement } from '@/lib/adjudication/decision';
import { useProject } from '../live/project-context';
import { DIFFERS, shortly } from './adjudication-words';

/** Runs when another row becomes the current one. */
const bringIntoView = (row: HTMLElement | null) => {
  // What it answers is a promise in newer browsers, and no cleanup.
  void row?.scrollIntoView({ block: 'nearest' });
};

/** The disagreements of a pass, the costliest first. */
export function QueueList({
  queue,
  standing,
  current,
  onGo,
}: {
  queue: readonly QueuedDisagreement[];
  standing: ReadonlyMap<string, Decision>;
  current: string | undefined;
  onGo: (key: string) => void;
}) {
  const sources = useProject((state) => state.sources);
  return (
    <ol aria-label="Disagreements" className="border-t border-line">
      {queue.map((one) => {
        const decision = standing.get(one.key);
        const isHere = one.key === current;
        return (
          <li key={one.key} className="border-b border-line">
            <button
              type="button"
              ref={isHere ? bringIntoView : undefined}
              aria-current={isHere ? 'true' : undefined}
              onClick={() => onGo(one.key)}
              className={`flex w-full flex-col gap-0.5 px-3 py-2 text-start hover:bg-hover ${isHere ? 'bg-accent-wash' : ''}`}
            >
              <span className="flex items-baseline justify-between gap-2 text-[13px]">
                <span className="font-medium">{DIFFERS[one.kind]}</span>
                <span className="text-muted tabular-nums">cost {one.cost.toFixed(2)}</span>
              </span>
              <span className="line-clamp-1 font-serif text-[15px] [overflow-wrap:anywhere]">
                {wordsOf(one)}
              </span>
              <span className="flex items-center gap-1.5 text-[13px] text-muted">
                <span className="min-w-0 grow truncate">{sources.get(one.sourceId)?.title}</span>
                {decision === undefined ? null : (
                  <span className="inline-flex shrink-0 items-center gap-1 text-accent">
                    {isSettled(decision) ? (
                      <Check aria-hidden className="size-3.5" />
                    ) : (
                      <MessageCircle aria-hidden className="size-3.5" />
                    )}
                    {shortly(decision)}
                  </span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** The words that coders differ about. */
export function wordsOf({ context, start, end }: QueuedDisagreement): string {
  return context.text.slice(start - context.from, end - context.from);
}
