'use client';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { plainText } from '@/lib/threads/mentions';
import type { Comment } from '@/lib/threads/thread';
import { useActions, useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { Avatar } from '../ui/avatar';
import { IconButton } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';
import { Time } from '../ui/time';
import { toast } from '../ui/toasts';
import { CommentField } from './comment-field';
import { CommentWords } from './comment-words';
import { FollowUpButton } from './follow-up-button';
import { ReactButton, Reactions } from './reactions';

const VERDICTS = { confirmed: 'guest, says it is right', disputed: 'guest, says it is wrong' } as const;

/** Says of a comment that no member wrote it, and what its guest was asked for. */
function GuestSign({ verdict }: { verdict: 'confirmed' | 'disputed' | null }) {
  return (
    <span
      className={`rounded border px-1 text-[12px] ${verdict === 'disputed' ? 'border-danger text-danger' : 'border-accent text-accent'}`}
    >
      {verdict === null ? 'guest' : VERDICTS[verdict]}
    </span>
  );
}

/** One comment with all that this person may do with it. */
export function CommentItem({
  comment,
  isPointedAt,
  onFollowUp,
}: {
  comment: Comment;
  isPointedAt: boolean;
  onFollowUp?: (comment: Comment) => void;
}) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const { react, removeComment, restoreComment, updateComment } = useActions();
  const [isEditing, setEditing] = useState(false);
  const { id, threadId, creator } = comment;
  const own = creator.id === me;
  const mayReact = useMay('comment.react');
  const mayEdit = useMay('comment.update-own') && own;
  const mayDeleteOwn = useMay('comment.delete-own');
  const mayDelete = useMay('comment.delete-any') || (own && mayDeleteOwn);
  const name = members.get(creator.id)?.name ?? creator.name;
  if (comment.deleted !== null)
    return (
      <li className="flex items-center gap-2 text-[13px] text-muted">
        {name} deleted a comment
        {mayDelete ? (
          <button
            type="button"
            className="min-h-6 rounded underline underline-offset-2"
            onClick={() => restoreComment(threadId, id)}
          >
            Bring it back
          </button>
        ) : null}
      </li>
    );
  const remove = () => {
    removeComment(threadId, id);
    toast({
      text: 'Comment deleted',
      action: { label: 'Undo', onPress: () => restoreComment(threadId, id) },
    });
  };
  const entries: MenuEntry[] = [
    ...(mayEdit ? [{ id: 'edit', label: 'Edit', onAction: () => setEditing(true) }] : []),
    ...(mayDelete ? [{ id: 'delete', label: 'Delete', danger: true, onAction: remove }] : []),
  ];
  return (
    <li
      id={`comment-${id}`}
      tabIndex={-1}
      className={`flex gap-2 rounded-md outline-offset-4 transition-shadow ${isPointedAt ? 'shadow-[0_0_0_3px_var(--accent-wash)] bg-accent-wash/40' : ''}`}
    >
      <Avatar userId={creator.id} name={name} size={22} />
      <div className="min-w-0 grow">
        <div className="flex items-start gap-1">
          <p className="flex min-w-0 grow flex-wrap items-baseline gap-x-1.5 text-[13px]">
            <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
            {comment.guest ? <GuestSign verdict={comment.guest.verdict} /> : null}
            <span className="text-[12px] text-muted">
              <Time at={comment.created} />
              {comment.edited === null ? null : (
                <>
                  , edited <Time at={comment.edited} />
                </>
              )}
            </span>
            {onFollowUp ? <FollowUpButton comment={comment} onFollowUp={onFollowUp} /> : null}
          </p>
          <span className="-my-1 flex shrink-0">
            {mayReact ? <ReactButton onReact={(sign) => react(threadId, id, sign, true)} /> : null}
            {entries.length > 0 ? (
              <Menu
                label="This comment"
                entries={entries}
                trigger={
                  <IconButton label="Edit or delete" className="size-7">
                    <Ellipsis aria-hidden className="size-4" />
                  </IconButton>
                }
              />
            ) : null}
          </span>
        </div>
        {isEditing ? (
          <CommentField
            draftKey={`edit ${id}`}
            label="Your comment"
            send="Save"
            autoFocus
            start={plainText(comment.text, comment.mentions)}
            onSend={(text) => {
              setEditing(false);
              if (text !== comment.text) updateComment(threadId, id, text);
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <CommentWords comment={comment} />
        )}
        <Reactions
          reactions={comment.reactions}
          me={me}
          onReact={mayReact ? (sign, on) => react(threadId, id, sign, on) : null}
        />
      </div>
    </li>
  );
}
