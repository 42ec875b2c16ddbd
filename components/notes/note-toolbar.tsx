import type { Editor } from '@tiptap/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { toolsFor } from './note-tools';
import { useEditorState } from './use-editor-state';

const EMPTY: { active: string[]; disabled: string[]; inTable: boolean } = {
  active: [],
  disabled: [],
  inTable: false,
};

const keys = (shortcut: string) =>
  /Mac|iPhone|iPad/.test(navigator.userAgent) ? shortcut.replace('Ctrl', '⌘') : shortcut;

/** The formatting buttons: one stop of the Tab key, arrow keys between them. */
export function NoteToolbar({
  editor,
  writable,
  onLink,
  onQuote,
  onComment,
}: {
  editor: Editor;
  writable: boolean;
  onLink: () => void;
  onQuote: () => void;
  onComment: () => void;
}) {
  const groups = toolsFor({ onLink, onQuote, onComment });
  const bar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState('undo');
  const state = useEditorState(editor, (now) => {
    if (now.isDestroyed) return EMPTY;
    const tools = groups.flatMap((group) => group.tools);
    return {
      active: tools.filter((tool) => tool.isOn?.(now)).map((tool) => tool.id),
      disabled: tools.filter((tool) => tool.can && !tool.can(now)).map((tool) => tool.id),
      inTable: now.isActive('table'),
    };
  });
  const shown = groups.filter((group) => group.when !== 'in-table' || state.inTable);
  const ids = shown.flatMap((group) => group.tools.map((tool) => tool.id));
  const stop = ids.includes(current) ? current : ids[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const at = ids.indexOf(stop ?? '');
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (event.key === 'Escape') editor.commands.focus();
    else if (to === undefined) return;
    else {
      const id = ids[(to + ids.length) % ids.length] ?? '';
      setCurrent(id);
      bar.current?.querySelector<HTMLElement>(`[data-tool="${id}"]`)?.focus();
    }
    event.preventDefault();
  };

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Formatting"
      aria-orientation="horizontal"
      className="note-toolbar"
      onKeyDown={onKeyDown}
    >
      {shown.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div key={group.label} role="group" aria-label={group.label}>
          {group.tools.map(({ id, label, shortcut, face: Face, isOn, run }) => (
            <button
              key={id}
              type="button"
              className="note-tool"
              data-tool={id}
              tabIndex={id === stop ? 0 : -1}
              aria-label={label}
              aria-pressed={isOn ? state.active.includes(id) : undefined}
              aria-disabled={!writable || state.disabled.includes(id)}
              title={shortcut ? `${label} (${keys(shortcut)})` : label}
              // The selection in the text must stay where it is.
              onMouseDown={(event) => event.preventDefault()}
              onFocus={() => setCurrent(id)}
              onClick={() => {
                if (writable && !state.disabled.includes(id)) run(editor);
              }}
            >
              {typeof Face === 'string' ? Face : <Face aria-hidden size={16} strokeWidth={1.75} />}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
