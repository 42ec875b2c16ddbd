'use client';
import type { CSSProperties } from 'react';
import type { Author } from './paint';

/** Who wrote in a version, each with their colour; pressing one leads through what they wrote. */
export function AuthorLegend({
  authors,
  onStep,
}: {
  authors: readonly Author[];
  onStep: (author: Author) => void;
}) {
  return (
    <ul aria-label="Who wrote what" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      {authors.map((author) => (
        <li key={author.userId ?? 'nobody'}>
          {author.colour === null ? (
            <span className="flex min-h-7 items-center gap-1.5 text-muted">
              <span className="history-swatch" />
              {author.name}
            </span>
          ) : (
            <button
              type="button"
              className="flex min-h-7 items-center gap-1.5 rounded-md px-1 hover:bg-hover"
              title={`Go to what ${author.name} wrote`}
              onClick={() => onStep(author)}
            >
              <span
                className="history-swatch"
                style={
                  {
                    '--person': `var(--code-${author.colour})`,
                    '--person-wash': `var(--code-${author.colour}-wash)`,
                    '--person-line': author.line,
                  } as CSSProperties
                }
              />
              {author.name}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
