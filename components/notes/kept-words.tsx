import type { Editor } from '@tiptap/core';
import { copyText } from '../live/copy-text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { NoteSession } from './note-session';
import { putAtEnd } from './put-at-end';

/**
 * What this person wrote in the note before Gloss was updated and could not send. It stays on the machine until they have
 * put it in or let it go; closing the dialog only puts that off.
 */
export function KeptWords({
  words,
  editor,
  session,
  writable,
  onClose,
}: {
  words: string;
  editor: Editor;
  session: NoteSession;
  writable: boolean;
  onClose: () => void;
}) {
  const letGo = () => {
    session.letGoOfKeptWords();
    onClose();
  };
  return (
    <Dialog title="Kept from before Gloss was updated" isOpen onClose={onClose}>
      <p className="text-muted">
        You wrote this in the note before the update, and it had not reached the server. It can’t be put back
        in its place by itself.
      </p>
      <textarea
        readOnly
        aria-label="What you wrote"
        rows={Math.min(10, words.split('\n').length + 2)}
        className="resize-y rounded-md border border-line bg-sunken p-3 font-serif text-[16px]"
        value={words}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="danger" onPress={letGo}>
          Let it go
        </Button>
        <Button onPress={() => void copyText(words)}>Copy</Button>
        <Button
          look="primary"
          isDisabled={!writable}
          onPress={() => {
            putAtEnd(editor, words);
            letGo();
          }}
        >
          Put at the end of the note
        </Button>
      </div>
      {writable ? null : (
        <p className="text-[14px] text-muted">The note can’t be written in now. Copy what you need.</p>
      )}
    </Dialog>
  );
}
