import { carriesChanges, SYNC_STEP } from '@/lib/notes/note-sync';

/** What one socket has sent that the server counts in `Saved.messages`. */
export type Sent = { messages: number; answered: boolean };

/**
 * A WebSocket that counts its own messages with changes. Deleting moves no Yjs clock, so only counting both ways
 * tells whether a deletion is saved. `onOpen` gets the count of each new socket.
 */
export function countingSocket(onOpen: (sent: Sent) => void): typeof WebSocket {
  return class CountingSocket extends WebSocket {
    readonly #sent: Sent = { messages: 0, answered: false };

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      onOpen(this.#sent);
    }

    override send(data: string | Blob | BufferSource): void {
      if (data instanceof Uint8Array && carriesChanges(data)) {
        this.#sent.messages++;
        // Until the server's state vector is answered, changes made before this socket are not on their way.
        if (data[1] === SYNC_STEP.answer) this.#sent.answered = true;
      }
      super.send(data);
    }
  };
}
