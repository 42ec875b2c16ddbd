import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';

/** A long document as a person wrote it: one insertion or deletion of one letter at a time. */
export type Trace = {
  /** The edits in order, some hundreds an update. */
  readonly parts: readonly Uint8Array[];
  readonly whole: Uint8Array;
  readonly text: string;
  /** Where the edits are from, for the reader of the table. */
  readonly origin: string;
};

/** A letter inserted at an index, or the one there deleted. */
type Edit = { readonly at: number; readonly letter: string | null };

const INSERTS = 182_315;
const DELETES = 77_463;
const EDITS_A_PART = 1_000;

/** The recorded edits in this file, else as many made-up ones. Made once and kept in a folder. */
export function readTrace(file: string | null, keptIn: string): Trace {
  const kept = join(keptIn, file === null ? 'made-up.trace' : 'recorded.trace');
  if (existsSync(kept)) return deserialize(readFileSync(kept)) as Trace;
  const trace =
    file === null
      ? write(madeUp(), `${INSERTS + DELETES} made-up edits, always the same`)
      : write(recorded(file), 'the recorded edits of a paper (automerge-perf, CC BY 4.0)');
  mkdirSync(keptIn, { recursive: true });
  writeFileSync(kept, serialize(trace));
  return trace;
}

function write(edits: Iterable<Edit>, origin: string): Trace {
  const doc = new Y.Doc();
  // As short as can be, as in the published figures of this trace: ids are a good part of an update.
  doc.clientID = 1;
  let updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = new Y.XmlText();
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    doc.getXmlFragment('default').insert(0, [paragraph]);
    paragraph.insert(0, [text]);
  });
  const parts: Uint8Array[] = [];
  for (const { at, letter } of edits) {
    if (letter === null) text.delete(at, 1);
    else text.insert(at, letter);
    if (updates.length < EDITS_A_PART) continue;
    parts.push(Y.mergeUpdates(updates));
    updates = [];
  }
  if (updates.length > 0) parts.push(Y.mergeUpdates(updates));
  return { parts, whole: Y.encodeStateAsUpdate(doc), text: text.toString(), origin };
}

type Element = { readonly letter: string; deleted: boolean; block: Block };
type Block = { elements: Element[]; visible: number };
type Operation = { action: string; insert?: boolean; elemId?: string; value?: string };

/** Automerge's history names letters by id; their place is found in blocks of some hundreds. */
function* recorded(file: string): Generator<Edit> {
  const blocks: Block[] = [{ elements: [], visible: 0 }];
  const byId = new Map<string, Element>();
  const indexOf = (element: Element): number => {
    let index = 0;
    for (const block of blocks) {
      if (block === element.block) break;
      index += block.visible;
    }
    for (const one of element.block.elements) {
      if (one === element) break;
      if (!one.deleted) index++;
    }
    return index;
  };
  for (const line of gunzipSync(readFileSync(file)).toString().split('\n')) {
    if (line === '') continue;
    const change = JSON.parse(line) as { actor: string; startOp: number; ops: Operation[] };
    for (const [offset, { action, insert, elemId, value = '' }] of change.ops.entries()) {
      if (elemId === undefined) continue;
      const before = byId.get(elemId);
      if (insert === true) {
        const block = before?.block ?? blocks[0];
        if (block === undefined) continue;
        const element: Element = { letter: value, deleted: false, block };
        yield { at: before ? indexOf(before) + (before.deleted ? 0 : 1) : 0, letter: value };
        block.elements.splice(before ? block.elements.indexOf(before) + 1 : 0, 0, element);
        block.visible++;
        byId.set(`${change.startOp + offset}@${change.actor}`, element);
        if (block.elements.length > 800) split(blocks, block);
      } else if (action === 'del' && before && !before.deleted) {
        yield { at: indexOf(before), letter: null };
        before.deleted = true;
        before.block.visible--;
      }
    }
  }
}

function split(blocks: Block[], block: Block): void {
  const elements = block.elements.splice(400);
  const next: Block = { elements, visible: elements.filter((one) => !one.deleted).length };
  for (const element of elements) element.block = next;
  block.visible -= next.visible;
  blocks.splice(blocks.indexOf(block) + 1, 0, next);
}

/** Runs of typing and of taking back, mostly where the last one ended. */
function* madeUp(): Generator<Edit> {
  let seed = 20_160_412;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 0x1_0000_0000) * below);
  };
  let [inserts, deletes, length, caret] = [INSERTS, DELETES, 0, 0];
  while (inserts + deletes > 0) {
    if (random(6) === 0) caret = random(length + 1);
    for (let run = 1 + random(30); run > 0 && inserts > 0; run--, inserts--, length++) {
      yield { at: caret++, letter: random(6) === 0 ? ' ' : String.fromCharCode(97 + random(26)) };
    }
    for (let run = random(14); run > 0 && deletes > 0 && caret > 0; run--, deletes--, length--) {
      yield { at: --caret, letter: null };
    }
    if (inserts === 0 && caret === 0) caret = length;
  }
}
