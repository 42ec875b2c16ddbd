'use client';
import { FileText, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { anchoringWords } from '@/lib/annotations/anchoring-words';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf, spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { isHiddenMark } from '../live/hidden-mark';
import { useActions } from '../live/project-context';
import { isRaiseKey } from '../live/raise-follow-up';
import { Avatar } from '../ui/avatar';
import { IconButton } from '../ui/button';
import { Time } from '../ui/time';
import { AnchoringNote } from './anchoring-note';
import { type CardActions, CardButtons } from './card-buttons';
import { CodeDot, CodePicker } from './code-picker';
import { draftFor, EMPTY_DRAFT, keepDraft, type MarkDraft } from './drafts';
import { KINDS } from './kinds';
import { MarkFields } from './mark-fields';
import { QuoteLine } from './quote-line';

/** The type under which a mark travels when it is dragged into a note. */
export const DRAGGED = 'application/x-gloss-annotation';

type Props = {
  annotation: Annotation;
  codes: ReadonlyMap<string, Code>;
  codeList: readonly Code[];
  colour: string;
  isOpen: boolean;
  onOpen: (annotation: Annotation | null) => void;
  /** The notes that hold it, with their titles. */
  notes: readonly { id: string; title: string }[];
  speakers: readonly string[];
  actions: CardActions;
  comments: number;
  /** The page it stands on, where its source has pages. */
  page: number | null;
  /** Whether it stands alone in a sheet, which has its own frame, title and way out. */
  isInSheet?: boolean;
  /** The claims it is evidence for and the follow-ups it raised, shown while the card is open. */
  claims?: ReactNode;
  /** The discussion, shown while the card is open. */
  children: ReactNode;
};

/** A mark in the margin: in one glance when closed, in full with its discussion when open. */
export function AnnotationCard(props: Props) {
  const { annotation, colour, isOpen, onOpen, isInSheet } = props;
  const { peek } = useActions();
  const isSaved = annotation.revision > 0;
  return (
    <article
      aria-label={`${KINDS[annotation.motivation].name} by ${annotation.creator.name}`}
      data-annotation={annotation.id}
      tabIndex={-1}
      draggable
      onDragStart={(event) => {
        if (!isHiddenMark(peek(), annotation.id)) event.dataTransfer.setData(DRAGGED, annotation.id);
        event.dataTransfer.setData('text/plain', exactOf(annotation));
        event.dataTransfer.effectAllowed = 'copyLink';
      }}
      className={`border-s-[3px] bg-paper ps-3 ${isOpen && !isInSheet ? 'rounded-e-lg border border-line bg-raised p-3 shadow-float' : ''}`}
      style={{ borderInlineStartColor: `var(--code-${colour})`, borderInlineStartWidth: 3 }}
      onKeyDown={(event) => {
        if (props.actions.onFollowUp && isRaiseKey(event.nativeEvent)) {
          event.preventDefault();
          event.stopPropagation();
          return props.actions.onFollowUp(annotation);
        }
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        onOpen(null);
      }}
    >
      {isOpen ? <OpenCard {...props} /> : <ClosedCard {...props} />}
      {isSaved ? null : <span className="text-[12px] text-muted">Not saved yet</span>}
    </article>
  );
}

function headline(annotation: Annotation, codes: ReadonlyMap<string, Code>): ReactNode {
  const names = annotation.codeIds.map((id) => codes.get(id)?.name).filter(Boolean);
  if (annotation.motivation === 'classifying') return names.join(', ') || 'Code removed';
  if (annotation.motivation === 'quoting')
    return (
      <>
        <span className="font-medium">{annotation.quote?.speaker || 'Speaker not named'}</span>
        <span className="font-serif">: {exactOf(annotation)}</span>
      </>
    );
  return annotation.body?.value ?? <span className="font-serif">{exactOf(annotation)}</span>;
}

function ClosedCard({ annotation, codes, onOpen, comments, notes, page }: Props) {
  const changed = anchoringWords(annotation);
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={() => onOpen(annotation)}
      className="block min-h-9 w-full rounded py-0.5 text-start"
    >
      <span className="flex items-center gap-1.5 text-[12px] text-muted">
        {KINDS[annotation.motivation].name}
        <span aria-hidden>·</span>
        <span className="truncate">{annotation.creator.name}</span>
        {page === null ? null : <span className="shrink-0">· p. {page}</span>}
        {comments > 0 ? (
          <span className="ms-auto shrink-0">{comments === 1 ? '1 reply' : `${comments} replies`}</span>
        ) : null}
        {notes.length > 0 ? (
          <FileText
            role="img"
            aria-label="In a note"
            className={`size-3.5 shrink-0 ${comments > 0 ? '' : 'ms-auto'}`}
          />
        ) : null}
      </span>
      <span className="line-clamp-2 text-[14px] leading-snug [overflow-wrap:anywhere]">
        {headline(annotation, codes)}
      </span>
      {changed === null ? null : <span className="block text-[12px] text-warning">{changed}</span>}
    </button>
  );
}

function OpenCard(props: Props) {
  const { annotation, codes, codeList, onOpen, notes, speakers, actions, children, isInSheet, page } = props;
  const [mode, setMode] = useState<'view' | 'edit' | 'codes'>('view');
  const { quote } = annotation;
  return (
    <div className="flex flex-col gap-2.5">
      <header className="flex items-center gap-2 text-[13px]">
        <Avatar userId={annotation.creator.id} name={annotation.creator.name} size={22} />
        <span className="min-w-0 grow truncate">
          <span className="font-medium">{annotation.creator.name}</span>{' '}
          <span className="text-muted">
            {KINDS[annotation.motivation].name.toLowerCase()}, <Time at={annotation.created} />
            {page === null ? null : `, p. ${page}`}
          </span>
        </span>
        {isInSheet ? null : (
          <IconButton label="Close" shortcut="Esc" onPress={() => onOpen(null)} className="-me-1 size-7">
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </header>
      {mode === 'edit' && actions.onEdit ? (
        <EditFields {...props} speakers={speakers} onDone={() => setMode('view')} />
      ) : (
        <>
          {quote ? <QuoteLine quote={quote} sourceId={annotation.sourceId} /> : null}
          {annotation.body ? (
            <p className="whitespace-pre-wrap text-[14px] [overflow-wrap:anywhere]">
              {annotation.body.value}
            </p>
          ) : null}
          <blockquote className="line-clamp-4 font-serif text-[15px] leading-snug text-muted">
            {exactOf(annotation)}
          </blockquote>
        </>
      )}
      <AnchoringNote annotation={annotation} />
      {annotation.codeIds.length > 0 ? (
        <ul aria-label="Codes" className="flex flex-wrap gap-x-3 gap-y-1">
          {annotation.codeIds.map((id) => {
            const code = codes.get(id);
            return (
              <li key={id} className="inline-flex items-center gap-1.5 text-[13px]">
                <CodeDot colour={code?.colour ?? 'amber'} />
                {code?.name ?? 'Code removed'}
              </li>
            );
          })}
        </ul>
      ) : null}
      {mode === 'codes' && actions.onCode ? (
        <div className="rounded-lg border border-line">
          <CodePicker
            codes={codeList}
            chosen={annotation.codeIds}
            canCreate={actions.onCreateCode !== undefined}
            onPick={(code) => actions.onCode?.(annotation, code, !annotation.codeIds.includes(code.id))}
            onCreate={(name) => actions.onCreateCode?.(annotation, name)}
            onClose={() => setMode('view')}
          />
        </div>
      ) : null}
      {notes.length > 0 ? (
        <p className="flex flex-col text-[13px]">
          {notes.map((note) => (
            <button
              key={note.id}
              type="button"
              onClick={() => actions.onShowInNote(annotation, note.id)}
              className="flex min-h-6 items-center gap-1.5 rounded text-start text-accent underline underline-offset-2"
            >
              <FileText aria-hidden className="size-3.5 shrink-0" />
              <span className="min-w-0 truncate">in {note.title}</span>
            </button>
          ))}
        </p>
      ) : null}
      {props.claims}
      <CardButtons annotation={annotation} actions={actions} mode={mode} onMode={setMode} />
      {children}
    </div>
  );
}

function EditFields({
  annotation,
  speakers,
  actions,
  onDone,
}: Pick<Props, 'annotation' | 'speakers' | 'actions'> & { onDone: () => void }) {
  const { sourceId, motivation } = annotation;
  // A draft is there when the server refused the edit: what was typed is not lost.
  const [draft, setDraft] = useState<MarkDraft>(
    () =>
      draftFor(sourceId, spanOf(annotation), motivation) ?? {
        text: annotation.body?.value ?? '',
        quote: annotation.quote ?? EMPTY_DRAFT.quote,
      },
  );
  return (
    <MarkFields
      kind={annotation.motivation}
      sourceId={sourceId}
      draft={draft}
      onDraft={setDraft}
      speakers={speakers}
      onClose={onDone}
      onSave={() => {
        keepDraft(sourceId, spanOf(annotation), motivation, null);
        actions.onEdit?.(annotation, draft);
        onDone();
      }}
    />
  );
}
