'use client';
import type { Editor } from '@tiptap/core';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { Thread } from '@/lib/threads/thread';
import { useActions } from '../../live/project-context';
import { CommentField } from '../../threads/comment-field';
import { ThreadList } from '../../threads/thread-list';
import { IconButton } from '../../ui/button';
import { Sheet } from '../../ui/dialog';
import { useMedia } from '../../ui/use-media';
import { useEditorState } from '../use-editor-state';
import { goToThread, type Passage, pointToThread, threadsInText } from './thread-marks';

type Props = {
  note: Note;
  editor: Editor;
  /** The words that a new discussion is to be about. */
  passage: Passage | null;
  /** Whether this person may point from the text to it. */
  writable: boolean;
  onStarted: (threadId: string) => void;
  onClose: () => void;
};

/** What is said about a note and its passages: docked below the text, in a sheet where the page is narrow. */
export function NoteThreads(props: Props) {
  const isNarrow = useMedia('(max-width: 899px)');
  if (isNarrow)
    return (
      <Sheet title="Discussions" isOpen onClose={props.onClose}>
        <Discussions {...props} />
      </Sheet>
    );
  return <Docked {...props} />;
}

function Docked(props: Props) {
  const panel = useRef<HTMLElement>(null);
  // In braces: a browser may answer with a promise, and an effect that answers something has to answer with its end.
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      ref={panel}
      aria-label="Discussions"
      className="note-threads"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onClose();
        props.editor.commands.focus();
      }}
    >
      <header className="flex items-center justify-between gap-2">
        <h2 className="font-serif text-lg font-semibold">Discussions</h2>
        <IconButton label="Close" shortcut="Esc" onPress={props.onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </header>
      <Discussions {...props} />
    </section>
  );
}

function Discussions({ note, editor, passage, writable, onStarted }: Props) {
  const { createThread } = useActions();
  const pointed = useEditorState(editor, (now) => threadsInText(now.state).join(' ')).split(' ');
  const start = (text: string) => {
    if (passage === null) return;
    const id = newId();
    createThread({ type: 'note', id: note.id, passage: passage.words }, text, id);
    if (writable) pointToThread(editor, passage, id);
    onStarted(id);
  };
  return (
    <div className="flex flex-col gap-6">
      {passage === null ? null : (
        <div className="flex flex-col gap-2">
          <Words>{passage.words}</Words>
          <CommentField
            key={passage.words}
            draftKey={`passage ${note.id}`}
            label="Say something about these words"
            send="Post"
            autoFocus
            onSend={start}
          />
        </div>
      )}
      <ThreadList
        target={{ type: 'note', id: note.id }}
        about={(thread) => (
          <About
            thread={thread}
            isThere={pointed.includes(thread.id)}
            onGo={() => goToThread(editor, thread.id)}
          />
        )}
      >
        {passage === null ? (
          <p className="text-[14px] text-muted">
            Nothing was said yet. Select words in the note and press Ctrl Alt M to discuss them, or say
            something about all of it here.
          </p>
        ) : null}
      </ThreadList>
    </div>
  );
}

function Words({ children }: { children: string }) {
  return (
    <blockquote className="line-clamp-3 border-s-2 border-accent ps-2.5 font-serif text-[15px] leading-snug [overflow-wrap:anywhere]">
      {children}
    </blockquote>
  );
}

/** The words a discussion is about, and whether they still stand in the note. */
function About({ thread, isThere, onGo }: { thread: Thread; isThere: boolean; onGo: () => void }) {
  if (thread.passage === null) return null;
  return (
    <div className="flex flex-col items-start gap-1">
      <Words>{thread.passage}</Words>
      {isThere ? (
        <button
          type="button"
          className="min-h-6 rounded text-[13px] text-accent underline underline-offset-2"
          onClick={onGo}
        >
          Show in the note
        </button>
      ) : (
        <span className="text-[13px] text-warning">These words are no longer marked in the note.</span>
      )}
    </div>
  );
}
