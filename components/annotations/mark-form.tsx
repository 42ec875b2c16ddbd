'use client';
import { useEffect, useState } from 'react';
import type { Motivation } from '@/lib/annotations/annotation';
import { type Anchor, Floating } from '../ui/floating';
import { draftFor, EMPTY_DRAFT, keepDraft, type MarkDraft } from './drafts';
import { KINDS } from './kinds';
import { MarkFields } from './mark-fields';

/** The small form at a passage in which a new mark gets its words. What is typed is kept until it is saved. */
export function MarkForm({
  kind,
  sourceId,
  span,
  passage,
  speakers,
  anchor,
  onSave,
  onClose,
}: {
  kind: Motivation;
  sourceId: string;
  span: { start: number; end: number };
  passage: string;
  speakers: readonly string[];
  anchor: Anchor;
  onSave: (draft: MarkDraft) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<MarkDraft>(
    () =>
      draftFor(sourceId, span, kind) ?? {
        ...EMPTY_DRAFT,
        text: kind === 'claiming' ? passage.replace(/\s+/g, ' ') : '',
      },
  );
  useEffect(() => {
    keepDraft(sourceId, span, kind, draft);
  }, [sourceId, span, kind, draft]);
  return (
    <Floating
      label="Selected passage"
      anchor={anchor}
      prefer="below"
      className="max-h-[calc(100dvh-64px)] w-[22rem] overflow-y-auto p-4"
    >
      <div role="dialog" aria-label={`New ${KINDS[kind].name.toLowerCase()}`}>
        <p className="mb-3 line-clamp-2 border-s-2 border-accent ps-2 font-serif text-[14px] text-muted">
          {passage}
        </p>
        <MarkFields
          kind={kind}
          sourceId={sourceId}
          draft={draft}
          onDraft={setDraft}
          speakers={speakers}
          onClose={onClose}
          onSave={() => {
            onSave(draft);
            keepDraft(sourceId, span, kind, null);
          }}
        />
      </div>
    </Floating>
  );
}
