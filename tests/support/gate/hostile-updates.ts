import * as Y from 'yjs';
import type { Seeded } from './seeded';
import { head, type Id, type Stand, UpdateWriter } from './update-writer';

/** Breaks a real update: bits, bytes, pieces, and the numbers between them. */
export function spoil(update: Uint8Array, random: Seeded): Uint8Array {
  let bytes = [...update];
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(bytes.length + 1);
    switch (random.below(7)) {
      case 0:
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        bytes[at % bytes.length] = random.below(256);
        break;
      case 2:
        bytes.splice(at, 0, random.below(256));
        break;
      case 3:
        bytes.splice(at, 1 + random.below(3));
        break;
      case 4:
        bytes = bytes.slice(0, at);
        break;
      case 5:
        bytes.splice(at, 0, ...bytes.slice(random.below(bytes.length), at));
        break;
      default:
        bytes.splice(at, 1, ...new UpdateWriter().number(random.pick(NUMBERS)).bytes);
    }
    if (bytes.length === 0) bytes = [0];
  }
  return Uint8Array.from(bytes);
}

const NUMBERS = [0, 1, 2, 5, 127, 128, 1_000, 0x7fffffff, 0x80000000, 0xffffffff, 2 ** 40, 2 ** 53];
const ROOTS = ['default', 'default', 'default', 'default', 'text', '__proto__', ''];
const NAMES = [
  'paragraph',
  'paragraph',
  'heading',
  'blockquote',
  'bulletList',
  'listItem',
  'table',
  'tableRow',
];
const MORE_NAMES = ['tableCell', 'codeBlock', 'quoteChip', 'hardBreak', 'image', 'script', 'doc', 'text', ''];
const KEYS = ['level', 'language', 'checked', 'start', 'href', '__proto__', 'onclick', 'colspan'];

/** Makes updates whose structure is mostly right, about what is in a document and what is not. */
export class HostileUpdates {
  readonly #random: Seeded;
  readonly #doc: Y.Doc;
  /** Ids the attacker may write under, for the gate. */
  readonly own: readonly number[];
  /** How many of its structs are meant to be as the document would have them. */
  readonly #sanity: number;

  constructor(random: Seeded, doc: Y.Doc, own: readonly number[]) {
    this.#random = random;
    this.#doc = doc;
    this.own = own;
    this.#sanity = random.pick([0.3, 0.9, 0.98, 1]);
  }

  next(): Uint8Array {
    const random = this.#random;
    const writer = new UpdateWriter();
    const clients = this.#clients();
    const isSane = () => random.chance(this.#sanity);
    /** What the update itself has brought so far. */
    const fresh: Id[] = [];
    writer.number(isSane() ? clients.length : random.below(5));
    for (const client of clients) {
      const count = random.chance(0.5) ? 1 : random.below(6);
      let clock = this.#clock(client);
      writer.numbers(isSane() ? count : count + 1, client, clock);
      for (let index = 0; index < count; index++) clock += this.#struct(writer, { client, clock }, fresh);
    }
    this.#deletions(writer);
    if (!isSane()) writer.byte(random.below(256));
    return writer.done();
  }

  #clients(): number[] {
    const all = new Set([this.#random.pick(this.own)]);
    while (this.#random.chance(0.3))
      all.add(this.#random.chance(0.8) ? this.#random.pick(this.own) : this.#known().client);
    return [...all];
  }

  #clock(client: number): number {
    const state = Y.getState(this.#doc.store, client);
    if (this.#random.chance(this.#sanity * 0.9)) return state;
    // Again what is there already, or from its middle, or ahead.
    return Math.max(0, state + this.#random.below(9) - 6);
  }

  /** An id in the document. */
  #known(): Id {
    const clients = [...this.#doc.store.clients.keys()];
    if (clients.length === 0) return { client: 1, clock: 0 };
    const client = this.#random.pick(clients);
    const state = Y.getState(this.#doc.store, client);
    return { client, clock: this.#random.below(state + (this.#random.chance(this.#sanity) ? 0 : 3)) };
  }

  #id(fresh: readonly Id[]): Id {
    return fresh.length > 0 && this.#random.chance(0.4) ? this.#random.pick(fresh) : this.#known();
  }

  /** Two neighbours, or nearly. */
  #beside(fresh: readonly Id[]): Stand {
    const random = this.#random;
    const left = this.#id(fresh);
    const struct = findItem(this.#doc, left);
    const after = struct?.right;
    if (after && random.chance(0.5)) {
      let far = after;
      for (let steps = random.below(4); steps > 0 && far.right; steps--) far = far.right;
      const clock = far.id.clock + (random.chance(0.8) ? 0 : random.below(far.length));
      return { left, right: { client: far.id.client, clock } };
    }
    return { left, right: this.#id(fresh) };
  }

  #stand(fresh: readonly Id[]): Stand {
    const random = this.#random;
    switch (random.below(6)) {
      case 0:
        return { root: random.chance(this.#sanity) ? 'default' : random.pick(ROOTS) };
      case 1:
        return { parent: this.#type(fresh) };
      case 2:
        return { parent: this.#type(fresh), key: random.pick(KEYS) };
      case 3:
        return { left: this.#id(fresh) };
      case 4:
        return { right: this.#id(fresh) };
      default:
        return this.#beside(fresh);
    }
  }

  /** The id of a type, most of the time. */
  #type(fresh: readonly Id[]): Id {
    for (let tries = 0; tries < 8; tries++) {
      const id = this.#id(fresh);
      if (fresh.includes(id) || findItem(this.#doc, id)?.content instanceof Y.ContentType) return id;
    }
    return this.#id(fresh);
  }

  /** Writes one, and answers its length. */
  #struct(writer: UpdateWriter, id: Id, fresh: Id[]): number {
    const random = this.#random;
    const stand = this.#stand(fresh);
    const fits = random.chance(this.#sanity) ? this.#fitting(stand) : undefined;
    const kind = fits ?? random.pick([0, 1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 7, 8, 8, 9, 10]);
    if (kind === 0 || kind === 10) {
      const length = random.chance(this.#sanity) ? 1 + random.below(4) : random.pick(NUMBERS);
      writer.byte(kind).number(length);
      return length;
    }
    head(writer, kind, stand);
    const length = this.#content(writer, kind);
    fresh.push({ client: id.client, clock: id.clock + Math.max(0, length - 1) });
    return length;
  }

  /** What may stand there, as far as it is easily seen. */
  #fitting(stand: Stand): number | undefined {
    if (stand.key !== undefined) return 8;
    if (stand.root !== undefined) return 7;
    const beside = stand.left ?? stand.right;
    const content = (beside && findItem(this.#doc, beside)?.content) ?? null;
    if (content instanceof Y.ContentString || content instanceof Y.ContentFormat)
      return this.#random.pick([4, 4, 6, 1]);
    if (content instanceof Y.ContentType) return 7;
    if (content instanceof Y.ContentAny) return 8;
    if (stand.parent) {
      const parent = findItem(this.#doc, stand.parent)?.content;
      if (parent instanceof Y.ContentType && parent.type instanceof Y.XmlText) return 4;
      return 7;
    }
    return undefined;
  }

  #content(writer: UpdateWriter, kind: number): number {
    const random = this.#random;
    const isSane = random.chance(this.#sanity);
    switch (kind) {
      case 1: {
        const length = isSane ? 1 + random.below(4) : random.pick(NUMBERS);
        writer.number(length);
        return length;
      }
      case 4: {
        const text = isSane ? random.pick(['a', 'bc', 'def', '😀']) : '';
        writer.text(text);
        return text.length;
      }
      case 5:
        writer.text(isSane ? '{"a":1}' : '{');
        return 1;
      case 6:
        writer.text(random.pick(['bold', 'italic', 'link', 'code', isSane ? 'bold' : 'blink']));
        writer.text(
          random.pick([
            '{}',
            'null',
            'true',
            '{"href":"https://example.org"}',
            isSane ? '{}' : '{"href":"javascript:1"}',
          ]),
        );
        return 1;
      case 7:
        if (isSane && random.chance(0.45)) writer.number(6);
        else if (isSane) writer.number(3).text(random.pick(NAMES));
        else writer.number(random.below(8)).text(random.pick(MORE_NAMES));
        return 1;
      case 8:
        return this.#values(writer, isSane);
      case 2:
        writer.number(1).text('null');
        return 1;
      default:
        writer.text('x');
        return 1;
    }
  }

  #values(writer: UpdateWriter, isSane: boolean): number {
    const random = this.#random;
    const count = isSane ? 1 : random.below(4);
    writer.number(count);
    for (let index = 0; index < count; index++) {
      const value = random.below(isSane ? 4 : 8);
      if (value < 2) writer.byte(125, 1 + random.below(3));
      else if (value === 2) writer.byte(119).text(random.pick(['ts', 'left', 'https://example.org']));
      else if (value === 3) writer.byte(random.pick([120, 121, 126, 127]));
      else if (value === 4) writer.byte(118, 1).text('__proto__').byte(126);
      else if (value === 5) writer.byte(...new Array(random.below(40)).fill(0).flatMap(() => [117, 1]), 126);
      else writer.byte(random.pick([122, 116, 123, 0, 255]));
    }
    return count;
  }

  #deletions(writer: UpdateWriter): void {
    const random = this.#random;
    if (random.chance(0.6)) {
      writer.number(0);
      return;
    }
    writer.number(1);
    const { client, clock } = this.#known();
    const count = 1 + random.below(3);
    writer.numbers(client, count);
    for (let index = 0; index < count; index++) {
      writer.numbers(
        Math.max(0, clock + random.below(5) - 2),
        random.chance(this.#sanity) ? 1 + random.below(3) : random.pick(NUMBERS),
      );
    }
  }
}

function findItem(doc: Y.Doc, { client, clock }: Id): Y.Item | null {
  const structs = doc.store.clients.get(client);
  const found = structs?.find(
    (struct) => clock >= struct.id.clock && clock < struct.id.clock + struct.length,
  );
  return found instanceof Y.Item ? found : null;
}
