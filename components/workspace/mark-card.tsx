'use client';
import { useMemo, useState } from 'react';
import { can } from '@/lib/access/can';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { raisedByMark } from '@/lib/follow-ups/raised-by';
import { pageOf } from '@/lib/sources/page-at';
import { passageLink } from '@/lib/sources/text-fragment';
import type { Thread } from '@/lib/threads/thread';
import { AnnotationCard } from '../annotations/annotation-card';
import type { CardActions } from '../annotations/card-buttons';
import { AttachToClaim } from '../claims/attach-to-claim';
import { ClaimsOfMark } from '../claims/claims-of-mark';
import { FollowUpsOf } from '../follow-ups/follow-ups-of';
import { copyText } from '../live/copy-text';
import { useActions, useProject } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { ThreadList } from '../threads/thread-list';
import { toast } from '../ui/toasts';

/** One mark with its discussion and all that this person may do with it. */
export function MarkCard({
  annotation,
  codes,
  codeList,
  colour,
  threads,
  speakers,
  isOpen,
  isInSheet,
  onOpen,
  onPutInNote,
  onShowInNote,
  onRange,
  text,
  address,
}: {
  annotation: Annotation;
  codes: ReadonlyMap<string, Code>;
  codeList: readonly Code[];
  colour: string;
  threads: readonly Thread[];
  speakers: () => string[];
  isOpen: boolean;
  isInSheet?: boolean;
  onOpen: (id: string | null) => void;
  onPutInNote: (id: string) => void;
  onShowInNote: (id: string, noteId: string) => void;
  /** Begins to edit its range. */
  onRange: (annotation: Annotation) => void;
  /** The text it stands in, and the address that text was read at: for links to the passage. */
  text: string | null;
  address: string | null;
}) {
  const actions = useActions();
  const { role, me, notes, isClosed, source } = useProject((state) => ({
    role: state.role,
    me: state.me.id,
    notes: state.notes,
    isClosed: state.connection === 'closed',
    source: state.sources.get(annotation.sourceId),
  }));
  const [isAttaching, setAttaching] = useState(false);
  const own = annotation.creator.id === me;
  const allowed: CardActions = useMemo(() => {
    const mayUpdate = !isClosed && can(role, own ? 'annotation.update-own' : 'annotation.update-any');
    const mayDelete = !isClosed && can(role, own ? 'annotation.delete-own' : 'annotation.delete-any');
    return {
      onShowInNote: ({ id }, noteId) => onShowInNote(id, noteId),
      ...(!isClosed && can(role, 'evidence.create') && { onClaim: () => setAttaching(true) }),
      ...(!isClosed &&
        can(role, 'follow-up.create') && { onFollowUp: (of) => raiseFollowUp(raisedByMark(of)) }),
      ...(text !== null &&
        address !== null &&
        /^https?:/i.test(address) && {
          onCopyLink: (of) => void copyText(passageLink(address, text, spanOf(of))),
        }),
      ...(mayUpdate && {
        onEdit: ({ id, motivation }, { text, quote }) =>
          actions.updateAnnotation(
            id,
            motivation === 'quoting'
              ? { quote: { ...quote, speaker: quote.speaker.trim() } }
              : { body: text.trim() === '' ? null : { type: 'TextualBody', value: text.trim() } },
          ),
        onRange,
        onCode: ({ id }, code, add) =>
          add ? actions.codeAnnotation(id, [code.id]) : actions.codeAnnotation(id, [], [code.id]),
      }),
      ...(mayUpdate &&
        can(role, 'code.create') && {
          onCreateCode: ({ id }, name) => actions.codeAnnotation(id, [actions.createCode({ name })]),
        }),
      ...(mayDelete && {
        onRemove: ({ id }) => {
          onOpen(null);
          actions.removeAnnotation(id);
          toast({
            text: 'Mark deleted',
            action: { label: 'Undo', onPress: () => actions.restoreAnnotation(id) },
          });
        },
      }),
      ...(!isClosed && can(role, 'note.write') && { onPutInNote: ({ id }) => onPutInNote(id) }),
    };
  }, [actions, role, own, isClosed, onOpen, onPutInNote, onShowInNote, onRange, text, address]);
  const holding = annotation.noteIds.flatMap((id) => {
    const note = notes.get(id);
    return note === undefined ? [] : [{ id, title: note.title }];
  });
  const commentIds = threads.flatMap(({ comments }) => comments.map(({ id }) => id));
  return (
    <AnnotationCard
      annotation={annotation}
      codes={codes}
      codeList={codeList}
      colour={colour}
      isOpen={isOpen}
      isInSheet={isInSheet}
      onOpen={(wanted) => onOpen(wanted?.id ?? null)}
      notes={holding}
      speakers={isOpen ? speakers() : []}
      actions={allowed}
      claims={
        isOpen ? (
          <>
            <ClaimsOfMark annotationId={annotation.id} />
            <FollowUpsOf raiserIds={[annotation.id, ...commentIds]} />
          </>
        ) : null
      }
      page={source === undefined ? null : pageOf(annotation, source.text)}
      comments={threads.reduce((sum, thread) => sum + standingIn(thread), 0)}
    >
      {isAttaching ? <AttachToClaim annotation={annotation} onClose={() => setAttaching(false)} /> : null}
      <ThreadList target={{ type: 'annotation', id: annotation.id }} />
    </AnnotationCard>
  );
}

/** How many comments stand in a discussion. */
function standingIn({ comments }: Thread): number {
  return comments.filter(({ deleted }) => deleted === null).length;
}
