'use client';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { QuoteDetails } from '@/lib/annotations/quote';
import { keyOf } from '@/lib/speakers/names';
import { useProject } from '../live/project-context';
import { Checkbox } from '../ui/checkbox';
import { ComboBox } from '../ui/combo-box';
import { Spinner } from '../ui/progress';
import { Select } from '../ui/select';

const HowWeKnow = lazy(() => import('./how-we-know').then((module) => ({ default: module.HowWeKnow })));

/** Who is quoted and how; behind a button how it came to us. */
export function QuoteFields({
  quote,
  onQuote,
  speakers,
  sourceId,
}: {
  quote: QuoteDetails;
  onQuote: (quote: QuoteDetails) => void;
  /** Names that stand near the passage. */
  speakers: readonly string[];
  /** The source that is read, which no chain leads through. */
  sourceId: string;
}) {
  const isTold = quote.chain.length > 0 || quote.hedges.length > 0 || quote.level !== null;
  const [isOpen, setIsOpen] = useState(isTold);
  const known = useProject((state) => state.speakers);
  const suggestions = useMemo(
    () => [...new Set([...speakers, ...[...known.values()].map(({ name }) => name)])],
    [speakers, known],
  );
  return (
    <>
      <ComboBox
        label="Who says it?"
        autoFocus
        suggestions={suggestions}
        value={quote.speaker}
        onChange={(speaker) => {
          if (speaker !== quote.speaker) onQuote({ ...quote, speaker, speakerId: null });
        }}
        placeholder="Name of a person or organisation"
        hint={nameHint(quote.speaker, [...known.values()])}
      />
      <div className="flex flex-wrap items-end gap-4">
        <Select
          label="Given as"
          size="small"
          value={quote.style}
          options={[
            { id: 'direct', label: 'Direct speech' },
            { id: 'indirect', label: 'Indirect speech' },
          ]}
          onChange={(style) => onQuote({ ...quote, style })}
        />
        <Checkbox
          isSelected={quote.hedged}
          onChange={(hedged) => onQuote({ ...quote, hedged, hedges: hedged ? quote.hedges : [] })}
        >
          Hedged (“reportedly”)
        </Checkbox>
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex min-h-6 items-center gap-1 self-start rounded text-[13px] text-accent"
      >
        <ChevronDown aria-hidden className={`size-4 ${isOpen ? '' : '-rotate-90'}`} />
        How we know
      </button>
      {isOpen ? (
        <Suspense fallback={<Spinner label="Opening" />}>
          <HowWeKnow quote={quote} onQuote={onQuote} sourceId={sourceId} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Whom a name leads to: nobody yet, somebody by another name, or just who it says. */
function nameHint(
  typed: string,
  known: readonly { name: string; aliases: readonly string[] }[],
): string | undefined {
  const key = keyOf(typed);
  if (key === '') return undefined;
  const same = known.find(({ name, aliases }) => [name, ...aliases].some((one) => keyOf(one) === key));
  if (same === undefined) return 'Nobody is called so here yet: this makes a new speaker.';
  return keyOf(same.name) === key ? undefined : `Known here as ${same.name}.`;
}
