'use client';
import { type KeyboardEvent, useState } from 'react';
import type { Comment, Thread } from '@/lib/threads/thread';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { TextArea } from '../ui/text-field';
import { Time } from '../ui/time';
import { FollowUpButton } from './follow-up-button';

/** Unsent replies by annotation: closing a card must not cost what was typed. */
const drafts = new Map<string, string>();

/** What is said about one mark, and the field to say something. */
export function ThreadView({
  annotationId,
  threads,
  canReply,
  canResolve,
  onReply,
  onResolve,
  onFollowUp,
}: {
  annotationId: string;
  threads: readonly Thread[];
  canReply: boolean;
  canResolve: boolean;
  /** The thread it goes to; `null` starts one. */
  onReply: (threadId: string | null, text: string) => void;
  onResolve: (threadId: string, resolved: boolean) => void;
  /** Begins a question or a task about a comment; left out for whoever may not. */
  onFollowUp?: (comment: Comment) => void;
}) {
  const open = threads.find((thread) => thread.resolved === null) ?? null;
  return (
    <div className="flex flex-col gap-3">
      {threads.map((thread) => (
        <section
          key={thread.id}
          aria-label="Discussion"
          className={thread.resolved ? 'text-muted' : undefined}
        >
          <ol className="flex flex-col gap-2.5">
            {thread.comments.map((comment) => (
              <li key={comment.id} className="flex gap-2">
                <Avatar userId={comment.creator.id} name={comment.creator.name} size={22} />
                <div className="min-w-0">
                  <p className="flex flex-wrap items-baseline gap-x-1.5 text-[13px]">
                    <span className="font-medium">{comment.creator.name}</span>
                    <span className="text-[12px] text-muted">
                      <Time at={comment.created} />
                    </span>
                    {onFollowUp ? <FollowUpButton comment={comment} onFollowUp={onFollowUp} /> : null}
                  </p>
                  <p className="whitespace-pre-wrap text-[14px] [overflow-wrap:anywhere]">{comment.text}</p>
                </div>
              </li>
            ))}
          </ol>
          <p className="mt-1 flex items-center gap-2 text-[13px]">
            {thread.resolved ? <span>Resolved by {thread.resolved.by.name}</span> : null}
            {canResolve ? (
              <Button
                size="small"
                look="quiet"
                onPress={() => onResolve(thread.id, thread.resolved === null)}
              >
                {thread.resolved ? 'Reopen' : 'Resolve'}
              </Button>
            ) : null}
          </p>
        </section>
      ))}
      {canReply ? (
        <ReplyField annotationId={annotationId} threadId={open?.id ?? null} onReply={onReply} />
      ) : null}
    </div>
  );
}

function ReplyField({
  annotationId,
  threadId,
  onReply,
}: {
  annotationId: string;
  threadId: string | null;
  onReply: (threadId: string | null, text: string) => void;
}) {
  const [text, setText] = useState(() => drafts.get(annotationId) ?? '');
  const change = (value: string) => {
    setText(value);
    if (value === '') drafts.delete(annotationId);
    else drafts.set(annotationId, value);
  };
  const send = () => {
    const words = text.trim();
    if (words === '') return;
    onReply(threadId, words);
    change('');
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex flex-col gap-1.5"
      onKeyDownCapture={keys}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={threadId === null ? 'Start a discussion' : 'Reply'}
        labelHidden
        rows={text === '' ? 1 : 3}
        placeholder={threadId === null ? 'Start a discussion' : 'Reply'}
        maxLength={20_000}
        value={text}
        onChange={change}
      />
      {text.trim() === '' ? null : (
        <Button size="small" type="submit" className="self-end">
          {threadId === null ? 'Post' : 'Reply'}
        </Button>
      )}
    </form>
  );
}

/** Gives a reply back that the server refused, for the next time its card opens. */
export function keepReply(annotationId: string, text: string): void {
  drafts.set(annotationId, text);
}
