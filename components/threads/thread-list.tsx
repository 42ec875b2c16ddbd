'use client';
import { type ReactNode, useState } from 'react';
import { raisedByComment } from '@/lib/follow-ups/raised-by';
import type { ThreadTarget } from '@/lib/threads/about';
import type { Thread } from '@/lib/threads/thread';
import { useActions } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { useMay } from '../live/use-may';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { CommentField } from './comment-field';
import { ThreadSection } from './thread-section';
import { usePointedAt } from './use-pointed-at';
import { useThreads } from './use-threads';

/** Where a draft of a new discussion of this is kept. */
export const draftKeyOf = ({ type, id }: ThreadTarget) => `${type} ${id}`;

/**
 * All discussions of one thing: an annotation, a claim, a code, a note or a source. A mark has one at a time; elsewhere
 * several may be open, and the resolved ones wait behind a button.
 */
export function ThreadList({
  target,
  about,
  children,
}: {
  target: ThreadTarget;
  /** What stands above a discussion: the words it is about. */
  about?: (thread: Thread) => ReactNode;
  /** What stands there while nothing was said. */
  children?: ReactNode;
}) {
  const { threads, error } = useThreads(target);
  const { createThread } = useActions();
  const mayStart = useMay('thread.create');
  const mayFollowUp = useMay('follow-up.create');
  const pointedAt = usePointedAt(threads);
  const [isShown, setShown] = useState(false);
  const isMark = target.type === 'annotation';
  const open = threads.filter(({ resolved }) => resolved === null);
  const resolved = threads.filter((thread) => thread.resolved !== null);
  const isLedTo = resolved.some(({ comments }) => comments.some(({ id }) => id === pointedAt));
  const areShown = isMark || isShown || isLedTo;
  const section = (thread: Thread) => (
    <div key={thread.id} className="flex flex-col gap-2">
      {about?.(thread)}
      <ThreadSection
        thread={thread}
        pointedAt={pointedAt}
        onFollowUp={mayFollowUp ? (comment) => raiseFollowUp(raisedByComment(comment, thread)) : undefined}
      />
    </div>
  );
  return (
    <div className={`flex flex-col ${isMark ? 'gap-3' : 'gap-6'}`}>
      <FormError>{error}</FormError>
      {threads.length === 0 ? children : null}
      {open.map(section)}
      {areShown ? resolved.map(section) : null}
      {resolved.length > 0 && !areShown ? (
        <Button size="small" look="quiet" className="self-start text-muted" onPress={() => setShown(true)}>
          Show {resolved.length} resolved
        </Button>
      ) : null}
      {mayStart && !(isMark && open.length > 0) ? (
        <CommentField
          key={draftKeyOf(target)}
          draftKey={draftKeyOf(target)}
          label={open.length === 0 ? 'Start a discussion' : 'Start another discussion'}
          send="Post"
          onSend={(text) => void createThread(target, text)}
        />
      ) : null}
    </div>
  );
}
