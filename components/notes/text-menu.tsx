import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import { caretRect, noteElement } from './caret-rect';
import { Floating } from './floating';
import type { SlashItem } from './slash-items';
import { optionId, runItem, type TextMenu } from './text-menu-plugin';
import { useEditorState } from './use-editor-state';

/** Draws a menu in the text. Focus stays in the text: the text box points to the option that is active. */
export function TextMenuList({
  editor,
  menu,
  find,
}: {
  editor: Editor;
  menu: TextMenu;
  find: (query: string) => readonly SlashItem[];
}) {
  const open = useEditorState(editor, ({ state }) => menu.key.getState(state) ?? null);
  const active = useRef<HTMLDivElement>(null);
  const index = open?.index;
  useEffect(() => {
    if (index !== undefined) active.current?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  if (open === null) return null;
  const found = find(open.query);
  if (found.length === 0) return null;
  return (
    <Floating inside={noteElement(editor)} at={() => caretRect(editor, open.from)} className="note-menu">
      <div id={menu.list} role="listbox" aria-label={menu.label}>
        {found.map((item, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text box's, as for any listbox behind one
          <div
            key={item.id}
            id={optionId(menu, item.id)}
            ref={at === open.index ? active : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={at === open.index}
            className="note-option"
            // The text must keep the focus, and with it the menu.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => runItem(editor, menu, item)}
          >
            <span className="note-option-label">{item.label}</span>
            <span className="note-option-hint" aria-hidden>
              {item.hint}
            </span>
          </div>
        ))}
      </div>
    </Floating>
  );
}
