'use client';
import type { Comment } from '@/lib/threads/thread';
import { isRaiseKey } from '../live/raise-follow-up';

/** Follows a comment up; `f` does the same where it has the focus. */
export function FollowUpButton({
  comment,
  onFollowUp,
}: {
  comment: Comment;
  onFollowUp: (comment: Comment) => void;
}) {
  return (
    <button
      type="button"
      aria-label={`Follow up the comment by ${comment.creator.name}`}
      aria-keyshortcuts="f"
      onClick={() => onFollowUp(comment)}
      onKeyDown={(event) => {
        if (!isRaiseKey(event.nativeEvent)) return;
        // The card would take the key for the mark.
        event.preventDefault();
        event.stopPropagation();
        onFollowUp(comment);
      }}
      className="min-h-6 rounded text-[12px] text-muted underline-offset-2 hover:text-ink hover:underline"
    >
      Follow up
    </button>
  );
}
