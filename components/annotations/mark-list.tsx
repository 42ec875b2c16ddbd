'use client';
import { useState } from 'react';
import { anchoringWords } from '@/lib/annotations/anchoring-words';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { EmptyState } from '../ui/empty-state';
import { TextField } from '../ui/text-field';
import { DRAGGED } from './annotation-card';

/** The quotes or the claims of a source in a list: found by a word, shown in the article by a click. */
export function MarkList({
  kind,
  annotations,
  canMark,
  onShow,
}: {
  kind: 'quoting' | 'claiming';
  /** All marks of the source, in the order of their passages. */
  annotations: readonly Annotation[];
  canMark: boolean;
  onShow: (annotation: Annotation) => void;
}) {
  const [wanted, setWanted] = useState('');
  const all = annotations.filter(({ motivation }) => motivation === kind);
  const needle = wanted.trim().toLocaleLowerCase();
  const found = needle === '' ? all : all.filter((annotation) => wordsOf(annotation).includes(needle));
  const isQuotes = kind === 'quoting';
  if (all.length === 0)
    return (
      <div className="px-4">
        <EmptyState title={isQuotes ? 'No quotes yet' : 'No claims yet'}>
          {canMark
            ? isQuotes
              ? 'Select what somebody says in the article and press q. The speaker is kept with the words.'
              : 'Select a statement that should be checked and press c. You can put it in your own words.'
            : 'They appear here when somebody marks one.'}
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      {all.length > 4 ? (
        <TextField
          label={isQuotes ? 'Find a quote or a speaker' : 'Find a claim'}
          labelHidden
          type="search"
          placeholder={isQuotes ? 'Find a quote or a speaker' : 'Find a claim'}
          value={wanted}
          onChange={setWanted}
        />
      ) : null}
      <ul className="flex flex-col">
        {found.map((annotation) => (
          <li key={annotation.id} className="border-b border-line last:border-0">
            <button
              type="button"
              draggable
              onDragStart={(event) => event.dataTransfer.setData(DRAGGED, annotation.id)}
              onClick={() => onShow(annotation)}
              className="block w-full rounded py-2.5 text-start hover:bg-hover"
            >
              {isQuotes ? (
                <>
                  <span className="block text-[14px] font-medium">
                    {annotation.quote?.speaker || 'Speaker not named'}
                    <span className="font-normal text-muted">
                      {annotation.quote?.style === 'indirect' ? ', indirect' : ''}
                      {annotation.quote?.hedged ? ', hedged' : ''}
                    </span>
                  </span>
                  <span className="block font-serif text-[16px] leading-snug">{exactOf(annotation)}</span>
                </>
              ) : (
                <>
                  <span className="block text-[15px]">{annotation.body?.value ?? exactOf(annotation)}</span>
                  <span className="block text-[13px] text-muted">{annotation.creator.name}</span>
                </>
              )}
              <Changed annotation={annotation} />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="text-muted">Nothing here has these words.</p> : null}
    </div>
  );
}

/** A statement whose passage a version changed is not what it was: its list says so too. */
function Changed({ annotation }: { annotation: Annotation }) {
  const words = anchoringWords(annotation);
  return words === null ? null : <span className="block text-[12px] text-warning">{words}</span>;
}

function wordsOf(annotation: Annotation): string {
  return [annotation.quote?.speaker, annotation.body?.value, exactOf(annotation)]
    .join(' ')
    .toLocaleLowerCase();
}
