'use client';
import { Check, RotateCcw, UserRound } from 'lucide-react';
import type { Comment, Thread } from '@/lib/threads/thread';
import { useActions, useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';
import { CommentField } from './comment-field';
import { CommentItem } from './comment-item';

/** One discussion: what was said, the field to answer, and what can be made of it. */
export function ThreadSection({
  thread,
  pointedAt,
  onFollowUp,
}: {
  thread: Thread;
  pointedAt: string | null;
  onFollowUp?: (comment: Comment) => void;
}) {
  const { reply, resolveThread } = useActions();
  const mayReply = useMay('comment.create');
  const mayResolve = useMay('thread.resolve');
  const isOpen = thread.resolved === null;
  return (
    <article
      aria-label={isOpen ? 'Discussion' : 'Resolved discussion'}
      data-thread={thread.id}
      className={`flex flex-col gap-2.5 ${isOpen ? '' : 'text-muted'}`}
    >
      <ol className="flex flex-col gap-2.5">
        {thread.comments.map((comment) => (
          <CommentItem
            key={comment.id}
            comment={comment}
            isPointedAt={comment.id === pointedAt}
            onFollowUp={onFollowUp}
          />
        ))}
      </ol>
      {isOpen && mayReply ? (
        <CommentField
          draftKey={thread.id}
          label="Reply"
          send="Reply"
          onSend={(text) => reply(thread.id, text)}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
        {thread.resolved === null ? null : <span>Resolved by {thread.resolved.by.name}</span>}
        {mayResolve ? (
          <Button size="small" look="quiet" onPress={() => resolveThread(thread.id, isOpen)}>
            {isOpen ? (
              <Check aria-hidden className="size-3.5" />
            ) : (
              <RotateCcw aria-hidden className="size-3.5" />
            )}
            {isOpen ? 'Resolve' : 'Reopen'}
          </Button>
        ) : null}
        <Assignee thread={thread} mayAssign={mayResolve && isOpen} />
      </div>
    </article>
  );
}

/** Who a discussion was given to, and the menu to give it to somebody. */
function Assignee({ thread: { id, assignee }, mayAssign }: { thread: Thread; mayAssign: boolean }) {
  const members = useProject((state) => state.members);
  const { assignThread } = useActions();
  const name = assignee === null ? null : (members.get(assignee.id)?.name ?? assignee.name);
  if (!mayAssign) return name === null ? null : <span className="text-muted">Given to {name}</span>;
  const entries: MenuEntry[] = [...members.values()].map((member) => ({
    id: member.userId,
    label: member.name,
    icon: <Avatar userId={member.userId} name={member.name} size={20} />,
    onAction: () => assignThread(id, { id: member.userId, name: member.name }),
  }));
  if (assignee !== null)
    entries.push({ id: 'nobody', label: 'Nobody', onAction: () => assignThread(id, null) });
  return (
    <Menu
      label="Give this discussion to"
      entries={entries}
      trigger={
        <Button size="small" look="quiet" className="min-w-0 shrink">
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{name === null ? 'Assign' : `Given to ${name}`}</span>
        </Button>
      }
    />
  );
}
