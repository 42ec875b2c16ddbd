import type { Editor } from '@tiptap/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf, spanOf } from '@/lib/annotations/span';
import { flat, shorten } from '@/lib/words/shorten';
import { call } from '../ui/http';
import { caretRect, noteElement } from './caret-rect';
import { CHIP_KIND, speakerOf } from './chip-words';
import { Floating } from './floating';

const SHOWN = 50;

/** Marks whose words, speaker or remark hold every word of the query, in the order of the text. */
export function findMarks(marks: Iterable<Annotation>, query: string): Annotation[] {
  const wanted = query.toLowerCase().split(/\s+/u).filter(Boolean);
  return [...marks]
    .filter((mark) => mark.deleted === null)
    .filter((mark) => {
      const text = `${exactOf(mark)} ${speakerOf(mark)} ${mark.body?.value ?? ''} ${CHIP_KIND[mark.motivation]}`;
      const lower = flat(text).toLowerCase();
      return wanted.every((word) => lower.includes(word));
    })
    .sort((a, b) => spanOf(a).start - spanOf(b).start || spanOf(a).end - spanOf(b).end);
}

type Props = {
  editor: Editor;
  projectId: string;
  /** The source the note stands beside; null for a free note, which may quote from all. */
  sourceId: string | null;
  annotations: ReadonlyMap<string, Annotation>;
  onPick: (annotationId: string) => void;
  onClose: () => void;
};

/** A searchable list of marks by the caret, to put one into the note as a quote chip. */
export function QuotePicker({ editor, projectId, sourceId, annotations, onPick, onClose }: Props) {
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const { others, failed } = useMarksOfProject(projectId, sourceId === null);
  const listId = useId();
  const active = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // Not by `autoFocus`: the panel is hidden until it has found its place.
  useEffect(() => input.current?.focus(), []);

  const found = useMemo(() => {
    const own = [...annotations.values()].filter((mark) => sourceId === null || mark.sourceId === sourceId);
    const all = new Map([...(others ?? []), ...own].map((mark) => [mark.id, mark]));
    return findMarks(all.values(), query).slice(0, SHOWN);
  }, [annotations, others, sourceId, query]);
  const at = Math.min(index, Math.max(0, found.length - 1));

  useEffect(() => {
    if (at >= 0) active.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const mark = found[at];
    if (event.key === 'Escape') {
      onClose();
      editor.commands.focus();
    } else if (step !== undefined && found.length > 0) setIndex((at + step + found.length) % found.length);
    else if (event.key === 'Enter' && mark) onPick(mark.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Floating
      inside={noteElement(editor)}
      at={() => caretRect(editor, editor.state.selection.from)}
      className="note-menu note-picker"
    >
      <input
        ref={input}
        className="note-picker-input"
        role="combobox"
        aria-label="Find a mark to quote"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[at] ? `${listId}-${found[at].id}` : undefined}
        autoComplete="off"
        placeholder="Find a mark by its words or speaker"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={onClose}
      />
      <div id={listId} role="listbox" aria-label="Marks">
        {found.map((mark, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={mark.id}
            id={`${listId}-${mark.id}`}
            ref={position === at ? active : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={position === at}
            className="note-option note-mark"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(mark.id)}
          >
            <span className="note-mark-words">{shorten(exactOf(mark), 120)}</span>
            <span className="note-option-hint">
              {[CHIP_KIND[mark.motivation], speakerOf(mark)].filter(Boolean).join(' · ')}
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className="note-picker-empty" role="status">
          {failed
            ? 'The marks could not be fetched. Close this and try again.'
            : sourceId === null && others === null
              ? 'Looking…'
              : query !== ''
                ? 'No mark holds these words.'
                : 'Nothing is marked here yet. Select words in the source and press h or q; then quote them here.'}
        </p>
      ) : null}
    </Floating>
  );
}

/** The project's marks, for a note that belongs to no source; null until they came. */
function useMarksOfProject(projectId: string, wanted: boolean) {
  const [others, setOthers] = useState<readonly Annotation[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    call('annotation.list', { params: { projectId }, query: { limit: 500 }, signal: abort.signal })
      .then(({ items }) => setOthers(items))
      .catch(() => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [projectId, wanted]);
  return { others, failed };
}
