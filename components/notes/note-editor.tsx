'use client';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { can } from '@/lib/access/can';
import { raisedByTask } from '@/lib/follow-ups/raised-by';
import type { NoteJson } from '@/lib/notes/authorship';
import type { Note } from '@/lib/notes/note';
import { useProject } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { signal } from '../live/signals';
import { insertChip } from './chip-place';
import { type ChipFacts, ChipSource } from './chip-source';
import { CoverageButton } from './coverage/coverage-button';
import { HistoryButton } from './history/history-button';
import { KeptWords } from './kept-words';
import { LinkForm } from './link-form';
import { QueriesHere } from './living-query/queries-here';
import './note.css';
import { ShownQueries } from './living-query/query-node';
import { NotePeople } from './note-people';
import type { NoteSession } from './note-session';
import { NoteState, useNoteFacts } from './note-state';
import { isWritable } from './note-status';
import { NoteToolbar } from './note-toolbar';
import { enterNote, leaveNote } from './open-notes';
import { QuotePicker } from './quote-picker';
import { referenceItems } from './reference-node';
import { findItems, slashItems } from './slash-items';
import { ThreadsButton } from './talk/threads-button';
import { useNoteThreads } from './talk/use-note-threads';
import { TextMenuList } from './text-menu';
import { LINKS, PEOPLE, SLASH } from './text-menu-plugin';
import { useNoteEditor } from './use-note-editor';
import { useNoteWishes } from './use-note-wishes';
import { useTaskFollowUps } from './use-task-follow-ups';
import { useThings } from './use-things';

const CoverageBar = lazy(() =>
  import('./coverage/coverage-bar').then((module) => ({ default: module.CoverageBar })),
);

const NoteThreads = lazy(() =>
  import('./talk/note-threads').then((module) => ({ default: module.NoteThreads })),
);

type Props = {
  note: Note;
  /** Whether this person's role may write notes. */
  canWrite: boolean;
  /** Whether others are not to see that this person is here. */
  isUnseen?: boolean;
  className?: string;
};

/** A note, co-edited live. All mounts of the same note share one document and one socket. */
export function NoteEditor({ note, canWrite, isUnseen = false, className = '' }: Props) {
  const session = useNoteSession(note, isUnseen);
  return (
    <section className={`note ${className}`} aria-label={note.title}>
      {session ? (
        <OpenNote key={note.id} session={session} note={note} canWrite={canWrite} />
      ) : (
        <p className="note-state">Opening…</p>
      )}
    </section>
  );
}

function useNoteSession({ projectId, id: noteId, revision }: Note, isUnseen: boolean): NoteSession | null {
  const me = useProject((state) => state.me);
  const [session, setSession] = useState<NoteSession | null>(null);
  useEffect(() => {
    const entered = enterNote(projectId, noteId, me);
    setSession(entered);
    return () => {
      setSession(null);
      leaveNote(entered);
    };
  }, [projectId, noteId, me]);
  // Before the socket opens: nobody is told for a moment.
  useEffect(() => session?.appear(!isUnseen), [session, isUnseen]);
  const isOnServer = revision > 0;
  useEffect(() => {
    if (session?.noteId !== noteId) return;
    if (isOnServer) session.connect();
    else session.begin();
  }, [session, noteId, isOnServer]);
  return session?.noteId === noteId ? session : null;
}

/** The annotations behind the chips, kept in step with the page's store and asked for again after a gap. */
function useChips(projectId: string, connected: boolean): ChipSource {
  const [chips] = useState(() => new ChipSource(projectId));
  const annotations = useProject((state) => state.annotations);
  const codes = useProject((state) => state.codes);
  useEffect(() => chips.update(annotations, codes), [chips, annotations, codes]);
  useEffect(() => {
    if (connected) chips.retry();
  }, [chips, connected]);
  return chips;
}

function OpenNote({ session, note, canWrite }: { session: NoteSession; note: Note; canWrite: boolean }) {
  const facts = useNoteFacts(session);
  const chips = useChips(note.projectId, facts.connected);
  const annotations = useProject((state) => state.annotations);
  const things = useThings();
  const followUps = useTaskFollowUps(note.id);
  const [queries] = useState(() => new ShownQueries());
  const [open, setOpen] = useState<'link' | 'quote' | 'history' | 'kept' | null>(null);
  const slash = useMemo(
    () => slashItems(note.sourceId ? 'Quote from this source…' : 'Quote a mark…', () => setOpen('quote')),
    [note.sourceId],
  );
  const [isCovered, setIsCovered] = useState(false);
  const canSign = useProject((state) => can(state.role, 'note.sign-off'));
  const host = useRef<HTMLDivElement>(null);
  const writable = isWritable(facts, canWrite);
  const editor = useNoteEditor({
    host,
    session,
    chips,
    things,
    followUps,
    queries,
    slash,
    title: note.title,
    onShow: (shown) => showPassage(note, shown),
    onLink: () => setOpen('link'),
    onFollowUp: (words) => raiseFollowUp(raisedByTask(note, words), words),
    onThread: (threadId) => talk.show(threadId),
    onComment: () => talk.comment(),
  });
  const { loaded } = facts;
  const talk = useNoteThreads(note, editor, loaded);
  useEffect(() => {
    // Said again when the note has come: an empty one then shows its hint.
    if (loaded || !writable) editor?.setEditable(writable, false);
  }, [editor, writable, loaded]);
  useNoteWishes({ editor, session, writable, loaded });

  const { keptWords } = facts;
  useEffect(() => {
    if (keptWords !== null) setOpen('kept');
  }, [keptWords]);

  const present = useCallback((): NoteJson => editor?.getJSON() as NoteJson, [editor]);
  const close = () => setOpen(null);
  return (
    <>
      <div className="note-head">
        <NoteState
          session={session}
          canWrite={canWrite}
          onRestore={() => setOpen('history')}
          onKept={() => setOpen('kept')}
        />
        <div className="flex shrink-0 items-center gap-2">
          <NotePeople session={session} />
          {editor && note.revision > 0 ? <CoverageButton isOn={isCovered} onChange={setIsCovered} /> : null}
          {editor && note.revision > 0 ? <ThreadsButton open={talk.open} onPress={talk.comment} /> : null}
          {editor && note.revision > 0 ? (
            <HistoryButton
              note={note}
              present={present}
              chips={chips}
              canWrite={canWrite}
              isDamaged={facts.isDamaged}
              isOpen={open === 'history'}
              onOpenChange={(isOpen) => setOpen(isOpen ? 'history' : null)}
              onShow={(shown) => showPassage(note, shown)}
            />
          ) : null}
        </div>
      </div>
      {editor && canWrite ? (
        <NoteToolbar
          editor={editor}
          writable={writable}
          onLink={() => setOpen('link')}
          onQuote={() => setOpen('quote')}
          onComment={talk.comment}
        />
      ) : null}
      {editor && loaded && isCovered ? (
        <Suspense fallback={null}>
          <CoverageBar
            editor={editor}
            note={note}
            chips={chips}
            canSign={canSign}
            onClose={() => setIsCovered(false)}
          />
        </Suspense>
      ) : null}
      {editor && writable && open === 'link' ? <LinkForm editor={editor} onClose={close} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the empty space below the text belongs to it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard reaches the text itself */}
      <div
        className="note-host"
        ref={host}
        aria-busy={!loaded}
        onClick={(event) => {
          if (event.target === host.current && writable) editor?.commands.focus('end');
        }}
      />
      {editor && talk.isOpen ? (
        <Suspense fallback={null}>
          <NoteThreads
            note={note}
            editor={editor}
            passage={talk.passage}
            writable={writable}
            onStarted={talk.started}
            onClose={talk.close}
          />
        </Suspense>
      ) : null}
      {editor && keptWords !== null && open === 'kept' ? (
        <KeptWords words={keptWords} editor={editor} session={session} writable={writable} onClose={close} />
      ) : null}
      {editor && writable ? (
        <>
          <TextMenuList editor={editor} menu={SLASH} find={(query) => findItems(slash, query)} />
          <TextMenuList
            editor={editor}
            menu={LINKS}
            find={(query) => referenceItems(things, ['claim', 'source', 'note'], query)}
          />
          <TextMenuList
            editor={editor}
            menu={PEOPLE}
            find={(query) => referenceItems(things, ['person'], query)}
          />
        </>
      ) : null}
      {editor ? <QueriesHere queries={queries} noteId={note.id} writable={writable} /> : null}
      {editor && writable && open === 'quote' ? (
        <QuotePicker
          editor={editor}
          projectId={note.projectId}
          sourceId={note.sourceId}
          annotations={annotations}
          onClose={close}
          onPick={(annotationId) => {
            close();
            insertChip(editor, annotationId, 'caret');
            editor.commands.focus();
          }}
        />
      ) : null}
    </>
  );
}

/** The passage in the reader beside the note, or on its source's own page where no reader listens. */
function showPassage(note: Note, { annotation }: ChipFacts): void {
  if (annotation === null) return;
  const elsewhere = note.sourceId !== null && note.sourceId !== annotation.sourceId;
  if (!elsewhere && signal('annotation.focus', { annotationId: annotation.id })) return;
  location.assign(`/projects/${note.projectId}/sources/${annotation.sourceId}?mark=${annotation.id}`);
}
