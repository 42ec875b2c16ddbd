'use client';
const EXAMPLES = [
  ['“draft report”', '"draft report"', 'these words, in this order'],
  ['minister -denied', 'minister -denied', 'the first and not the second'],
  ['leak OR spill', 'leak OR spill', 'either'],
  ['kind:quote speaker:', 'kind:quote speaker:', 'quotes, by who said them'],
  ['code:', 'code:', 'what carries a code'],
  ['by:', 'by:', 'what one person marked or wrote'],
  ['kind:follow-up owner:me', 'kind:follow-up owner:me status:open', 'what is yours to ask or do'],
  ['after:2026-01-01', 'after:2026-01-01', 'what was made since then'],
] as const;

/** What can be asked, for who has typed nothing yet. */
export function SearchHelp({ onPick }: { onPick: (example: string) => void }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 text-[14px] sm:grid-cols-[max-content_minmax(0,1fr)]">
      {EXAMPLES.map(([shown, example, meaning]) => (
        <div key={example} className="contents">
          <dt>
            <button
              type="button"
              onClick={() => onPick(example)}
              className="min-h-6 rounded font-mono text-[13px] text-accent underline underline-offset-2"
            >
              {shown}
            </button>
          </dt>
          <dd className="text-muted max-sm:pb-2">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
