'use client';
import { ATTRIBUTION_LEVELS } from '@/lib/annotations/attribution';
import type { QuoteDetails } from '@/lib/annotations/quote';
import { LEVELS } from '@/lib/quotes/levels';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { ChainEditor } from './chain-editor';

/** How the words came to us: what hedges them, through whose hands they went, and what may be done with them. */
export function HowWeKnow({
  quote,
  onQuote,
  sourceId,
}: {
  quote: QuoteDetails;
  onQuote: (quote: QuoteDetails) => void;
  sourceId: string;
}) {
  const { level } = quote;
  return (
    <div className="flex flex-col gap-3 border-s-2 border-line ps-3">
      <Select
        label="Attribution"
        size="small"
        value={level ?? 'none'}
        hint={level === null ? undefined : LEVELS[level].means}
        options={[
          { id: 'none', label: 'Not agreed' },
          ...ATTRIBUTION_LEVELS.map((id) => ({ id, label: LEVELS[id].name, hint: LEVELS[id].means })),
        ]}
        onChange={(chosen) => onQuote({ ...quote, level: chosen === 'none' ? null : chosen })}
      />
      <TextField
        label="Words that hedge it"
        placeholder="reportedly, allegedly"
        defaultValue={quote.hedges.join(', ')}
        onChange={(typed) => {
          const hedges = typed
            .split(',')
            .map((hedge) => hedge.trim().slice(0, 80))
            .filter(Boolean)
            .slice(0, 8);
          onQuote({
            ...quote,
            hedges,
            hedged: hedges.length > 0 || (quote.hedged && quote.hedges.length === 0),
          });
        }}
      />
      <ChainEditor
        speaker={quote.speaker}
        chain={quote.chain}
        sourceId={sourceId}
        onChain={(chain) => onQuote({ ...quote, chain })}
      />
    </div>
  );
}
