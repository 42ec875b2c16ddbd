'use client';
import { Link2, ListTodo, MoveHorizontal, NotebookPen, Pencil, Scale, Tag, Trash2 } from 'lucide-react';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import { IconButton } from '../ui/button';
import type { MarkDraft } from './drafts';

/** What may be done with a mark, and how; what is missing is not offered. */
export type CardActions = {
  onEdit?: (annotation: Annotation, draft: MarkDraft) => void;
  onRemove?: (annotation: Annotation) => void;
  onCode?: (annotation: Annotation, code: Code, add: boolean) => void;
  onCreateCode?: (annotation: Annotation, name: string) => void;
  onPutInNote?: (annotation: Annotation) => void;
  onShowInNote: (annotation: Annotation, noteId: string) => void;
  /** Begins to edit which words are marked. */
  onRange?: (annotation: Annotation) => void;
  /** Attaches it to a claim. */
  onClaim?: (annotation: Annotation) => void;
  /** Begins a question or a task about it. */
  onFollowUp?: (annotation: Annotation) => void;
  /** Copies an address that opens the page it was read at, at the passage. */
  onCopyLink?: (annotation: Annotation) => void;
};

/** What can be done with the mark of an open card. */
export function CardButtons({
  annotation,
  actions,
  mode,
  onMode,
}: {
  annotation: Annotation;
  actions: CardActions;
  mode: string;
  onMode: (mode: 'view' | 'edit' | 'codes') => void;
}) {
  const { onEdit, onCode, onPutInNote, onRemove, onRange, onCopyLink, onClaim, onFollowUp } = actions;
  const hasFields = ['quoting', 'claiming', 'commenting'].includes(annotation.motivation);
  if (!(onEdit && hasFields) && !onCode && !onPutInNote && !onRemove && !onCopyLink) return null;
  return (
    <div className="-ms-1.5 flex items-center gap-0.5">
      {onEdit && hasFields ? (
        <IconButton
          label="Edit"
          pressed={mode === 'edit'}
          onPress={() => onMode(mode === 'edit' ? 'view' : 'edit')}
        >
          <Pencil aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onCode ? (
        <IconButton
          label="Codes"
          pressed={mode === 'codes'}
          onPress={() => onMode(mode === 'codes' ? 'view' : 'codes')}
        >
          <Tag aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onPutInNote ? (
        <IconButton label="Put in the note" onPress={() => onPutInNote(annotation)}>
          <NotebookPen aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onClaim ? (
        <IconButton label="Attach to a claim" onPress={() => onClaim(annotation)}>
          <Scale aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onFollowUp ? (
        <IconButton label="Ask or assign" shortcut="F" onPress={() => onFollowUp(annotation)}>
          <ListTodo aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onRange ? (
        <IconButton label="Change the passage" onPress={() => onRange(annotation)}>
          <MoveHorizontal aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onCopyLink ? (
        <IconButton label="Copy a link to the passage" onPress={() => onCopyLink(annotation)}>
          <Link2 aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {onRemove ? (
        <IconButton label="Delete" onPress={() => onRemove(annotation)} className="ms-auto">
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      ) : null}
    </div>
  );
}
