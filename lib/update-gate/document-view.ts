import * as Y from 'yjs';
import type { Holder } from './struct';

type Stored = Y.Item | Y.GC;
/** Any shared type, as an item names its parent. */
type AnyType = Exclude<Y.Item['parent'], Y.ID | null>;

/** What the gate looks up in the live document. It changes nothing. */
export class DocumentView {
  readonly #doc: Y.Doc;
  readonly #holders = new WeakMap<AnyType, Holder>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** The clock up to which this client's structs are here. */
  state(client: number): number {
    const last = this.#doc.store.clients.get(client)?.at(-1);
    return last === undefined ? 0 : last.id.clock + last.length;
  }

  /** Everything of a client from this clock on; the first one holds it. */
  structs(client: number): readonly Stored[] {
    return this.#doc.store.clients.get(client) ?? [];
  }

  /** The place in `structs` of the one that holds this clock; -1 when there is none. */
  indexOf(structs: readonly Stored[], clock: number): number {
    let low = 0;
    let high = structs.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const struct = structs[middle];
      if (struct === undefined) return -1;
      if (clock < struct.id.clock) high = middle - 1;
      else if (clock >= struct.id.clock + struct.length) low = middle + 1;
      else return middle;
    }
    return -1;
  }

  find(client: number, clock: number): Stored | null {
    const structs = this.structs(client);
    return structs[this.indexOf(structs, clock)] ?? null;
  }

  root(name: string): Holder {
    return this.holder(this.#doc.getXmlFragment(name));
  }

  /** Where a live item stands; null when that is deleted for good. */
  holderOf(item: Y.Item): Holder | null {
    return item.parent instanceof Y.AbstractType ? this.holder(item.parent) : null;
  }

  /** A live type as something that holds others. Goes up to the root without recursion, however deep that is. */
  holder(type: AnyType): Holder {
    const up: AnyType[] = [];
    let known: Holder | undefined;
    for (let at: AnyType | null = type; at !== null; at = parentOf(at)) {
      known = this.#holders.get(at);
      if (known !== undefined) break;
      up.push(at);
    }
    for (let at = up.pop(); at !== undefined; at = up.pop()) {
      known = describe(at, known);
      this.#holders.set(at, known);
      this.#types.set(known, at);
    }
    return known ?? OTHER;
  }

  readonly #types = new WeakMap<Holder, AnyType>();

  /** The live type behind a holder; null for one that is new in the update. */
  typeOf(holder: Holder): AnyType | null {
    return this.#types.get(holder) ?? null;
  }
}

const OTHER: Holder = { kind: 'other', name: '', depth: 0 };

function parentOf(type: AnyType): AnyType | null {
  const parent = type._item?.parent;
  return parent instanceof Y.AbstractType ? parent : null;
}

function describe(type: AnyType, parent: Holder | undefined): Holder {
  const depth = parent === undefined ? 0 : parent.depth + 1;
  if (type instanceof Y.XmlElement) return { kind: 'element', name: type.nodeName, depth };
  if (type instanceof Y.XmlText) return { kind: 'text', name: parent?.name ?? '', depth };
  if (type instanceof Y.XmlFragment && type._item === null) return { kind: 'root', name: '', depth: 0 };
  return { kind: 'other', name: '', depth };
}
