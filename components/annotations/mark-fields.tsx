'use client';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Motivation } from '@/lib/annotations/annotation';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { TextArea } from '../ui/text-field';
import type { MarkDraft } from './drafts';
import { KINDS } from './kinds';
import { QuoteFields } from './quote-fields';

const TEXT_LABEL: Partial<Record<Motivation, string>> = {
  claiming: 'The claim, in a sentence that can be checked',
  commenting: 'Comment',
};

/** The fields of a mark of this kind. Ctrl or Cmd with Enter saves, Esc closes and keeps what was typed. */
export function MarkFields({
  kind,
  sourceId,
  draft,
  onDraft,
  speakers,
  onSave,
  onClose,
  saveLabel = 'Save',
  children,
}: {
  kind: Motivation;
  sourceId: string;
  draft: MarkDraft;
  onDraft: (draft: MarkDraft) => void;
  speakers: readonly string[];
  onSave: () => void;
  onClose: () => void;
  saveLabel?: string;
  children?: ReactNode;
}) {
  const textLabel = TEXT_LABEL[kind];
  const isReady = textLabel === undefined || draft.text.trim() !== '';
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  // Before the field sees it: a suggestion list would keep the key to itself.
  const saveKeys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isReady) return;
    event.preventDefault();
    event.stopPropagation();
    onSave();
  };
  return (
    <form
      aria-label={KINDS[kind].name}
      className="flex flex-col gap-3"
      onKeyDown={keys}
      onKeyDownCapture={saveKeys}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSave();
      }}
    >
      {kind === 'quoting' ? (
        <QuoteFields
          quote={draft.quote}
          onQuote={(quote) => onDraft({ ...draft, quote })}
          speakers={speakers}
          sourceId={sourceId}
        />
      ) : null}
      {textLabel ? (
        <TextArea
          label={textLabel}
          autoFocus
          rows={kind === 'claiming' ? 3 : 4}
          maxLength={20_000}
          value={draft.text}
          onChange={(text) => onDraft({ ...draft, text })}
        />
      ) : null}
      {children}
      <div className="flex items-center justify-end gap-2">
        <span className="me-auto text-[12px] text-muted max-sm:hidden">
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> saves
        </span>
        <Button size="small" look="quiet" onPress={onClose}>
          Close
        </Button>
        <Button size="small" look="primary" type="submit" isDisabled={!isReady}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
