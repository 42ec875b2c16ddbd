import type * as Y from 'yjs';

/** What a struct of an update carries, by the number Yjs gives it; those not named here are never taken. */
export const KIND = { gc: 0, deleted: 1, string: 4, embed: 5, format: 6, type: 7, any: 8, skip: 10 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** What a type is, by the number Yjs gives it. */
export const TYPE = { element: 3, text: 6 } as const;

/** Where content may be inserted: a root, an element, or the text in an element. */
export type Holder = {
  readonly kind: 'root' | 'element' | 'text' | 'other';
  /** The element's name; for text, that of the element it stands in; empty for a root. */
  readonly name: string;
  readonly depth: number;
};

/** One struct of an update. An id is a client with a clock; a client of -1 stands for none. */
export class Struct {
  readonly kind: Kind;
  readonly client: number;
  readonly clock: number;
  /** Clock ticks it takes up. */
  length = 0;
  /** Its bytes in the update. */
  readonly from: number;
  to = 0;
  leftClient = -1;
  leftClock = 0;
  rightClient = -1;
  rightClock = 0;
  /** The root it names, if it names one. */
  root: string | null = null;
  parentClient = -1;
  parentClock = 0;
  /** The attribute it is the value of, where it names one. */
  key: string | null = null;
  /** The name of an element (empty for text) or of a mark. */
  name = '';
  /** What it carries: the values of an attribute, or that of a mark. */
  values: readonly unknown[] = [];
  /** Found out when its place is: null when it stands in what is deleted for good. */
  holder: Holder | null = null;
  /** As a holder itself, when it is a type. */
  inner: Holder | null = null;
  /** The item of the document it will stand before, and the clock that begins there; null at the end of the list. */
  before: Y.Item | null = null;
  beforeClock = 0;

  constructor(kind: Kind, client: number, clock: number, from: number) {
    this.kind = kind;
    this.client = client;
    this.clock = clock;
    this.from = from;
  }

  get end(): number {
    return this.clock + this.length;
  }
}
