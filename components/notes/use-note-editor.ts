import { Editor } from '@tiptap/react';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { onSignal } from '../live/signals';
import { wakeCaretLabels } from './caret-labels';
import type { ChipFacts, ChipSource } from './chip-source';
import { editorEvents } from './editor-events';
import { bringToFront, leaveFront } from './front-editor';
import type { ShownQueries } from './living-query/query-node';
import { noteExtensions } from './note-extensions';
import type { NoteSession } from './note-session';
import type { SlashItem } from './slash-items';
import type { TaskFollowUps } from './task-follow-ups';
import type { ThingSource } from './thing-source';
import { stopUndoHere } from './undo-stop';

type Given = {
  host: RefObject<HTMLElement | null>;
  session: NoteSession;
  chips: ChipSource;
  things: ThingSource;
  followUps: TaskFollowUps;
  queries: ShownQueries;
  slash: readonly SlashItem[];
  title: string;
  onShow: (facts: ChipFacts) => void;
  onLink: () => void;
  onFollowUp: (words: string) => void;
  onThread: (threadId: string) => void;
  onComment: () => void;
};

/** The editor on a session's document, made when the page has a place for it. It holds no text of its own. */
export function useNoteEditor(given: Given): Editor | null {
  const { host, session, chips, things, followUps, queries, slash, title } = given;
  const [editor, setEditor] = useState<Editor | null>(null);
  const show = useEffectEvent(given.onShow);
  const link = useEffectEvent(given.onLink);
  const followUp = useEffectEvent(given.onFollowUp);
  const thread = useEffectEvent(given.onThread);
  const comment = useEffectEvent(given.onComment);
  const name = useRef(title);
  useEffect(() => {
    name.current = title;
  }, [title]);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made: Editor = new Editor({
      element,
      editable: false,
      // Its rules stand in note.css: an injected style sheet would need a nonce.
      injectCSS: false,
      extensions: noteExtensions({
        session,
        chips,
        things,
        followUps,
        queries,
        slash,
        onShow: (facts) => show(facts),
        onLink: () => link(),
        onFollowUp: (words) => followUp(words),
        onThread: (threadId) => thread(threadId),
        onComment: () => comment(),
      }),
      editorProps: {
        ...editorEvents(
          () => made,
          (words) => session.notify(words),
        ),
        attributes: () => ({
          class: 'prose note-text',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': `Note: ${name.current}`,
          'aria-readonly': String(!made.isEditable),
          tabindex: '0',
        }),
      },
      onFocus: () => bringToFront(made),
    });
    bringToFront(made);
    setEditor(made);
    const stopHearing = onSignal('note.restored', ({ noteId }) => {
      if (noteId === session.noteId) stopUndoHere(made);
    });
    const stopWaking = wakeCaretLabels(session.provider.awareness, element);
    return () => {
      stopHearing();
      stopWaking();
      leaveFront(made);
      made.destroy();
      setEditor(null);
    };
  }, [host, session, chips, things, followUps, queries, slash]);

  return editor;
}
