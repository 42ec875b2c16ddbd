'use client';
import Link from 'next/link';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Target } from '@/lib/annotations/target';
import { KINDS } from '../annotations/kinds';
import { Avatar } from '../ui/avatar';
import { Button, buttonClass } from '../ui/button';
import { DiffWords } from '../ui/diff-words';
import { Kbd } from '../ui/kbd';
import { CandidateList } from './candidate-list';
import { OUTCOME_WORDS, reasonWords } from './outcome-words';

const CONTEXT = 120;

type Props = {
  annotation: Annotation;
  target: Target;
  chosen: number;
  onChoose: (index: number) => void;
  /** Why this person may not decide; null when they may. */
  reason: string | null;
  placeHref: string;
  onAccept: () => void;
  onOrphan: () => void;
  onReopen: () => void;
};

/** One mark whose place a person has to decide: its old words, where they may be now, and what can be done. */
export function QueueItem(props: Props) {
  const { annotation, target, chosen, onChoose, reason, placeHref, onAccept, onOrphan, onReopen } = props;
  const { stood } = target;
  const picked = target.candidates[chosen];
  const isOrphan = target.state === 'orphan';
  return (
    <div className="diff flex flex-col gap-4 pt-2 pb-6">
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <section aria-label="As it stood">
          <h2 className="pb-1 text-[13px] text-muted">
            {stood === null ? 'As it stood' : `In version ${stood.version}`}
          </h2>
          <p className="font-serif text-[16px] leading-relaxed [overflow-wrap:anywhere]" dir="auto">
            {stood === null ? null : (
              <>
                <span className="text-muted">{lead(stood.prefix)}</span>
                <DiffWords before={stood.exact} after={picked?.exact ?? stood.exact} side="before" />
                <span className="text-muted">{tail(stood.suffix)}</span>
              </>
            )}
          </p>
        </section>
        <section aria-label="Now">
          <h2 className="pb-1 text-[13px] text-muted">In version {target.version}</h2>
          {target.candidates.length > 0 ? (
            <CandidateList target={target} chosen={chosen} onChoose={onChoose} />
          ) : (
            <p className="text-muted">No passage of this version resembles it.</p>
          )}
        </section>
      </div>
      <p className="text-[14px] text-muted">{reasonWords(target.reason)}</p>
      {reason === null ? (
        <div className="flex flex-wrap items-center gap-2">
          {target.candidates.length > 0 ? (
            <Button look="primary" size="small" isDisabled={picked === undefined} onPress={onAccept}>
              {target.candidates.length > 1 ? 'It is the chosen one' : 'That is it'}{' '}
              <Keys tone="inverse">a</Keys>
            </Button>
          ) : null}
          <Link href={placeHref} className={buttonClass('secondary', 'small')}>
            Place it by hand <Keys>p</Keys>
          </Link>
          {isOrphan ? (
            <Button size="small" onPress={onReopen}>
              Back to the list of those that wait
            </Button>
          ) : (
            <Button size="small" onPress={onOrphan}>
              The passage is gone <Keys>o</Keys>
            </Button>
          )}
        </div>
      ) : (
        <p className="text-[14px] text-muted">{reason}</p>
      )}
      <p className="flex items-center gap-2 text-[13px] text-muted">
        <Avatar userId={annotation.creator.id} name={annotation.creator.name} size={20} />
        {annotation.creator.name}’s {KINDS[annotation.motivation].name.toLowerCase()}
        {annotation.noteIds.length > 0
          ? `, in ${annotation.noteIds.length === 1 ? 'a note' : `${annotation.noteIds.length} notes`}`
          : ''}
        {target.decidedBy === null ? '' : `, set aside by ${target.decidedBy.name}`}
      </p>
    </div>
  );
}

function Keys({ children, tone }: { children: string; tone?: 'inverse' }) {
  return (
    <span aria-hidden className="max-sm:hidden">
      <Kbd tone={tone}>{children}</Kbd>
    </span>
  );
}

const lead = (prefix: string) => (prefix === '' ? '' : `…${prefix.slice(-CONTEXT)}`);
const tail = (suffix: string) => (suffix === '' ? '' : `${suffix.slice(0, CONTEXT)}…`);

/** A mark of the queue in a line. */
export function QueueLine({ annotation, target }: { annotation: Annotation; target: Target }) {
  const words = target.stood?.exact ?? '';
  return (
    <>
      <span className="flex items-center gap-2 text-[13px] text-muted">
        <span
          aria-hidden
          className="size-2.5 shrink-0 rounded-full"
          style={{ background: `var(--code-${KINDS[annotation.motivation].colour})` }}
        />
        {KINDS[annotation.motivation].name}
        <span aria-hidden>·</span>
        {OUTCOME_WORDS[target.outcome]}
        <span aria-hidden>·</span>
        <span className="truncate">{annotation.creator.name}</span>
      </span>
      <span className="line-clamp-2 font-serif text-[16px] leading-snug" dir="auto">
        {annotation.quote?.speaker ? `${annotation.quote.speaker}: ` : ''}
        {words}
      </span>
    </>
  );
}
