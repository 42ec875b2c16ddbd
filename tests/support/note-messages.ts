import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { NOTE_MESSAGE, SYNC_STEP } from '@/lib/notes/note-sync';

/** A sync message of the y-websocket protocol. */
export function syncMessage(step: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, NOTE_MESSAGE.sync);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, body);
    }),
  );
}

/** Asks for everything: the state vector of an empty document. */
export const askForAll = () => syncMessage(SYNC_STEP.stateVector, Y.encodeStateVector(new Y.Doc()));

/** The update that writes a paragraph into an empty note. */
export function paragraph(words: string): Uint8Array {
  const doc = new Y.Doc();
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment('default').insert(0, [element]);
  return Y.encodeStateAsUpdate(doc);
}

/** A presence message as a client sends it. */
export function awarenessMessage(clientId: number, state: unknown): Uint8Array {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
  return Uint8Array.from(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, NOTE_MESSAGE.awareness);
      encoding.writeVarUint8Array(encoder, body);
    }),
  );
}

/** Whether a message of the server carries these words. */
export function carries(message: string | Uint8Array, words: string): boolean {
  return Buffer.from(message as Uint8Array).includes(words);
}
