import type { Awareness } from 'y-protocols/awareness';

type Moved = { added: number[]; updated: number[] };

/** The caret of a Yjs client in this note, if it is drawn. */
export function caretOf(host: ParentNode, clientId: number): HTMLElement | null {
  return host.querySelector<HTMLElement>(`.note-caret[data-client="${clientId}"]`);
}

/**
 * The name on a caret fades some seconds after it stood still (note.css) and comes back when its person types. Listens
 * until the returned function is called.
 */
export function wakeCaretLabels(awareness: Awareness, host: ParentNode): () => void {
  const moved = ({ added, updated }: Moved) => {
    // The editor draws the carets in its own answer to the same news.
    requestAnimationFrame(() => {
      for (const id of [...added, ...updated])
        for (const animation of caretOf(host, id)?.getAnimations({ subtree: true }) ?? []) {
          animation.currentTime = 0;
          animation.play();
        }
    });
  };
  awareness.on('change', moved);
  return () => awareness.off('change', moved);
}
