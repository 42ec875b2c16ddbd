import type { Editor } from '@tiptap/core';
import { useState } from 'react';
import { readHref } from '@/lib/notes/link-policy';

/** Sets, changes, opens or removes the link at the selection. */
export function LinkForm({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const current = String(editor.getAttributes('link').href ?? '');
  const [typed, setTyped] = useState(current);
  const [refused, setRefused] = useState(false);
  const href = readHref(typed);

  const apply = () => {
    if (typed.trim() === '' && current !== '') return remove();
    if (href === null) return setRefused(true);
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && current === '') {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] });
    } else chain.setLink({ href });
    chain.run();
    onClose();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    onClose();
  };

  return (
    <form
      className="note-link-form"
      aria-label="Link"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        editor.commands.focus();
        onClose();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens on request, and Escape leads back
        autoFocus
        type="text"
        className="note-link-input"
        inputMode="url"
        aria-label="Address of the link"
        aria-invalid={refused}
        aria-describedby={refused ? 'note-link-refused' : undefined}
        placeholder="https://…"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(false);
        }}
      />
      <button type="submit" className="note-link-button">
        {current === '' ? 'Link' : 'Change'}
      </button>
      {current === '' ? null : (
        <>
          <button type="button" className="note-link-button" onClick={remove}>
            Remove
          </button>
          {href === null ? null : (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow">
              Open
            </a>
          )}
        </>
      )}
      {refused ? (
        <p id="note-link-refused" className="note-link-refused" role="alert">
          Links go to web or mail addresses: https://… or name@example.org
        </p>
      ) : null}
    </form>
  );
}
