import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** What one person types, made beforehand by a real Yjs document: a paragraph, then one letter an update. */
export type Script = {
  readonly clientId: number;
  /** The paragraph with its first letter. */
  readonly opening: Uint8Array;
  /** One letter each. Letter n has the Yjs clock `base + n`. */
  readonly letters: readonly Uint8Array[];
  readonly base: number;
  /** For each letter, the awareness an editor sends when the caret has moved behind it. */
  readonly carets: readonly Uint8Array[];
};

const FIRST_ID = 0x40_00_00_00;
const ID_STEP = 7;
const WORDS = 'the note that several people write at once while they read a long source together '.split('');

/** Which script a Yjs client id belongs to, or -1. */
export function scriptOf(clientId: number): number {
  const index = (clientId - FIRST_ID) / ID_STEP;
  return Number.isInteger(index) && index >= 0 && index < 4096 ? index : -1;
}

const known: Script[] = [];

/** The script of the person with this number in a room. The same one may be played in every room. */
export function script(index: number, letters: number): Script {
  const found = known[index];
  if (found && found.letters.length >= letters) return found;
  const made = write(FIRST_ID + index * ID_STEP, index, letters);
  known[index] = made;
  return made;
}

function write(clientId: number, index: number, count: number): Script {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = new Y.XmlText();
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    doc.getXmlFragment('default').insert(0, [paragraph]);
    paragraph.insert(0, [text]);
    text.insert(0, 'T');
  });
  const base = Y.getState(doc.store, clientId);
  const carets: Uint8Array[] = [];
  for (let n = 0; n < count; n++) {
    text.insert(n + 1, WORDS[(n * 7 + index) % WORDS.length] ?? ' ');
    carets.push(caret(clientId, n + 2, text, n + 2));
  }
  const [opening = new Uint8Array(), ...letters] = updates;
  doc.destroy();
  return { clientId, opening, letters, base, carets };
}

function caret(clientId: number, clock: number, text: Y.XmlText, at: number): Uint8Array {
  const position = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at));
  const user = { id: `person-${clientId}`, name: 'Ada Lovelace', color: '#175cd3' };
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clientId);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, JSON.stringify({ user, cursor: { anchor: position, head: position } }));
  return encoding.toUint8Array(encoder);
}
