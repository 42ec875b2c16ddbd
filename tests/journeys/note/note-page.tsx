import { createRoot, type Root } from 'react-dom/client';
import { ProjectProvider, useActions } from '@/components/live/project-context';
import { onSignal } from '@/components/live/signals';
import { NoteEditor } from '@/components/notes/note-editor';
import { wishOfNote } from '@/components/notes/note-wishes';
import '@/components/ui/tokens.css';
import type { Annotation } from '@/lib/annotations/annotation';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import type { Note } from '@/lib/notes/note';

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

export function sendInsert(annotationId: string): void {
  if (given !== null) wishOfNote(given.note.id, { type: 'insert', annotationId });
}

export function sendShow(noteId: string, annotationId: string): void {
  wishOfNote(noteId, { type: 'show', annotationId });
}
