'use client';
import { X } from 'lucide-react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import { type Chip, chipsOf, withoutChip } from '@/lib/search/chips';

/** The fields of a search as chips, each of which can be taken away. The text of the search stays the truth. */
export function SearchChips({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  // The same chip may stand there twice.
  const chips = chipsOf(q).map((chip, number) => ({ ...chip, id: String(number) }));
  if (chips.length === 0) return null;
  return (
    <TagGroup
      aria-label="Narrowed by"
      onRemove={(keys) => {
        const numbers = [...keys].map(Number).sort((a, b) => b - a);
        onChange(numbers.reduce((text, number) => withoutChip(text, number), q));
      }}
    >
      <TagList items={chips} className="flex flex-wrap gap-1.5">
        {(chip) => (
          <Tag
            textValue={wordsOf(chip)}
            className="inline-flex min-h-7 items-center gap-1 rounded-md border border-line bg-accent-wash ps-2 text-[13px]"
          >
            {wordsOf(chip)}
            <Button
              slot="remove"
              aria-label={`Take away ${wordsOf(chip)}`}
              className="grid size-7 place-items-center rounded text-muted hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </Button>
          </Tag>
        )}
      </TagList>
    </TagGroup>
  );
}

function wordsOf({ isNot, fields }: Chip): string {
  const said = fields.map(({ field, value }) => `${field}: ${value}`).join(' or ');
  return isNot ? `not ${said}` : said;
}
