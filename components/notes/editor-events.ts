import type { Editor } from '@tiptap/core';
import type { EditorProps } from '@tiptap/pm/view';
import { Id } from '@/lib/ids';
import { insertChip } from './chip-place';

/** What a dragged highlight carries: its annotation's id. */
export const DRAGGED_ANNOTATION = 'application/x-gloss-annotation';

const IMAGES = 'Images are not kept in notes yet. The text was.';
const ONLY_IMAGE = 'Images are not kept in notes yet.';

const hasImage = (data: DataTransfer | null) =>
  [...(data?.files ?? [])].some((file) => file.type.startsWith('image/'));

/** Pasting and dropping: a dragged highlight becomes a quote chip, an image is kept out and that is said. */
export function editorEvents(editor: () => Editor | null, notify: (words: string) => void): EditorProps {
  return {
    handleDrop: (view, event) => {
      const data = event.dataTransfer;
      const annotationId = Id.safeParse(data?.getData(DRAGGED_ANNOTATION));
      const now = editor();
      if (annotationId.success && now) {
        event.preventDefault();
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        insertChip(now, annotationId.data, place?.pos ?? 'end');
        now.view.focus();
        return true;
      }
      if (!hasImage(data)) return false;
      event.preventDefault();
      notify(ONLY_IMAGE);
      return true;
    },
    handlePaste: (_view, event) => {
      const data = event.clipboardData;
      const html = data?.getData('text/html') ?? '';
      const text = data?.getData('text/plain') ?? '';
      if (!hasImage(data) && !/<img\b/iu.test(html)) return false;
      notify(text.trim() === '' ? ONLY_IMAGE : IMAGES);
      // With words beside the image the schema keeps those and nothing else.
      return text.trim() === '';
    },
  };
}
