import type { Editor } from '@tiptap/core';
import { yCursorPluginKey } from '@tiptap/y-tiptap';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { createRoot, type Root } from 'react-dom/client';
import { ProjectProvider, useActions } from '@/components/live/project-context';
import { onSignal } from '@/components/live/signals';
import { NoteEditor } from '@/components/notes/note-editor';
import { wishOfNote } from '@/components/notes/note-wishes';
import { enterNote, leaveNote } from '@/components/notes/open-notes';
import '@/components/ui/tokens.css';
import { writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Annotation } from '@/lib/annotations/annotation';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import type { Note } from '@/lib/notes/note';
import { NOTE_MESSAGE } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';

type Actions = ReturnType<typeof useActions>;
type Given = { snapshot: ProjectSnapshot; note: Note; canWrite: boolean };

let root: Root | null = null;
let actions: Actions | null = null;
let given: Given | null = null;
const focused: string[] = [];

function Expose() {
  actions = useActions();
  return null;
}

function render(shown: boolean): void {
  if (given === null) return;
  root ??= createRoot(document.body.appendChild(document.createElement('main')));
  root.render(
    <ProjectProvider snapshot={given.snapshot}>
      <Expose />
      {shown ? <NoteEditor note={given.note} canWrite={given.canWrite} /> : <p>Put away</p>}
    </ProjectProvider>,
  );
}

/** Shows the note as a page of the application would. */
export function mountNote(next: Given): void {
  given = next;
  render(true);
}

/** Takes the editor off the page, or puts it back; the project stays open. */
export function showEditor(shown: boolean): void {
  render(shown);
}

/** What an event or an answer of the server brings into the page's store. */
export function learn(annotations: readonly Annotation[]): void {
  actions?.learn({ annotations });
}

/** Makes this page one with a reader on it. */
export function listenForFocus(): void {
  onSignal('annotation.focus', ({ annotationId }) => focused.push(annotationId));
}

export function focusedMarks(): readonly string[] {
  return focused;
}

/**
 * Moves the caret to the end as the browser does at a key, and in the same turn lets something of another person in:
 * the browser had no time yet to tell of the caret. Answers the text before the caret as the editor has it.
 */
export function jumpWhileNewsComes(kind: 'text' | 'caret'): string {
  if (given === null) throw new Error('There is no note');
  const { snapshot, note } = given;
  const session = enterNote(snapshot.project.id, note.id, snapshot.me);
  leaveNote(session);
  const { editor } = document.querySelector('.note-text') as unknown as { editor: Editor };
  getSelection()?.modify('move', 'forward', 'documentboundary');
  if (kind === 'caret') {
    editor.view.dispatch(editor.state.tr.setMeta(yCursorPluginKey, { awarenessUpdated: true }));
  } else {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(session.doc));
    const before = Y.encodeStateVector(other);
    const line = other.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
    (line.get(0) as Y.XmlText).insert(0, 'B');
    const message = encoding.createEncoder();
    writeUpdate(message, Y.encodeStateAsUpdate(other, before));
    const decoder = decoding.createDecoder(encoding.toUint8Array(message));
    const answer = encoding.createEncoder();
    session.provider.messageHandlers[NOTE_MESSAGE.sync]?.(answer, decoder, session.provider, false, 0);
  }
  const { doc, selection } = editor.state;
  return doc.textBetween(0, selection.head, '|');
}

export function sendInsert(annotationId: string): void {
  if (given !== null) wishOfNote(given.note.id, { type: 'insert', annotationId });
}

export function sendShow(noteId: string, annotationId: string): void {
  wishOfNote(noteId, { type: 'show', annotationId });
}
