import * as Y from 'yjs';
import { head, type Id, UpdateWriter } from '@/tests/support/gate/update-writer';

/** What a hostile client knows: the ids in the room, its own, and a place to aim at. */
export type Aim = {
  /** The client id of somebody honest, and the clock their next letter gets. */
  readonly victim: Id;
  /** An id that nobody has, fresh for each case. */
  readonly own: number;
  /** The first line of the note, and the run of text in it. */
  readonly line: Id;
  readonly text: Id;
  /** A letter in that text, and the one after it. */
  readonly letter: Id;
  readonly next: Id;
};

/** What becomes of the socket: closed for good, or left open with nothing taken in. */
export type Outcome = 'refused' | 'passed over';
export type GateCase = readonly [name: string, outcome: Outcome, make: (aim: Aim) => readonly Uint8Array[]];

const INFINITE = [...new Array<number>(147).fill(0x80), 1];

type Body = (writer: UpdateWriter, aim: Aim) => void;

/** One section of this many structs of the attacker, from clock 0, without deletions. */
const section =
  (count: number, body: Body): GateCase[2] =>
  (aim) => {
    const writer = new UpdateWriter().numbers(1, count, aim.own, 0);
    body(writer, aim);
    return [writer.number(0).done()];
  };

const raw =
  (...bytes: number[]): GateCase[2] =>
  () => [Uint8Array.from(bytes)];

const inRoot = { root: 'default' };

/** An element at the root. */
function element(writer: UpdateWriter, name: string): void {
  head(writer, 7, inRoot);
  writer.number(3).text(name);
}

function many(count: number, each: (index: number) => Uint8Array): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => each(index));
}

/** Elements inside one another. */
function nest(depth: number, name: string): GateCase[2] {
  return section(depth, (writer, aim) => {
    element(writer, name);
    for (let index = 1; index < depth; index++) {
      head(writer, 7, { parent: { client: aim.own, clock: index - 1 } });
      writer.number(3).text(name);
    }
  });
}

/** Content of a kind at the root, where only blocks may stand. */
const atRoot = (kind: number, ...content: number[]): GateCase[2] =>
  section(1, (writer) => {
    head(writer, kind, inRoot);
    writer.byte(...content);
  });

/** An element with one attribute of this value. */
const attribute = (name: string, key: string, ...value: number[]): GateCase[2] =>
  section(2, (writer, aim) => {
    element(writer, name);
    head(writer, 8, { parent: { client: aim.own, clock: 0 }, key });
    writer.number(1).byte(...value);
  });

/** A mark that begins in the honest text. */
const mark = (name: string, value: string): GateCase[2] =>
  section(1, (writer, aim) => {
    head(writer, 6, { left: aim.letter, right: aim.next });
    writer.text(name).text(value);
  });

const text = (value: string) => [119, ...new UpdateWriter().text(value).bytes];

export const GATE_CASES: readonly GateCase[] = [
  // H: what would keep the program busy for ever.
  ['H1 a struct of infinite length', 'refused', raw(1, 1, 7, 0, 0, ...INFINITE, 0)],
  ['H2 an infinite clock of a deletion', 'refused', raw(0, 1, 7, 1, ...INFINITE, 1)],
  ['H2 an infinite length of a deletion', 'refused', raw(0, 1, 7, 1, 0, ...INFINITE)],
  ['H2 an infinite clock of a struct', 'refused', raw(1, 1, 7, ...INFINITE, 4, 1, 1, 97, 1, 98, 0)],
  ['H2 an infinite client', 'refused', raw(1, 1, ...INFINITE, 0, 0, 1, 0)],
  ['H2 an infinite clock of a neighbour', 'refused', raw(1, 1, 7, 0, 0x84, 9, ...INFINITE, 1, 97, 0)],
  ['H2 an infinite length of what is deleted', 'refused', raw(1, 1, 7, 0, 0x81, 9, 0, ...INFINITE, 0)],
  ['H3 33,554,431 structs that do not follow', 'refused', raw(1, 0xff, 0xff, 0xff, 0x0f, 7, 0, 0)],
  ['H3 4,294,967,295 clients that do not follow', 'refused', raw(0xff, 0xff, 0xff, 0xff, 0x0f)],
  ['H3 4,294,967,295 deletions that do not follow', 'refused', raw(0, 1, 7, 0xff, 0xff, 0xff, 0xff, 0x0f)],
  [
    'H5 2,000 structs, each at a new root',
    'refused',
    section(2_000, (writer) => {
      for (let index = 0; index < 2_000; index++) {
        head(writer, 7, { root: `root ${index}` });
        writer.number(3).text('paragraph');
      }
    }),
  ],
  ['a number that is longer than need be', 'refused', raw(1, 1, 0x87, 0x00, 0, 0, 1, 0)],
  ['a clock of 2^31', 'refused', raw(1, 1, 7, 0x80, 0x80, 0x80, 0x80, 0x08, 0, 1, 0)],
  ['a client of 2^32', 'refused', raw(1, 1, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0, 1, 0)],
  // G: what would wait for ever.
  [
    'G1 a neighbour that never comes',
    'passed over',
    (aim) =>
      many(8, (index) => {
        const writer = new UpdateWriter().numbers(1, 1, aim.own, index);
        head(writer, 4, { left: { client: 9, clock: 1_000_000 + index } });
        return writer.text('x'.repeat(1_000)).number(0).done();
      }),
  ],
  [
    'G2 1 MB behind a neighbour that never comes',
    'passed over',
    section(1, (writer) => {
      head(writer, 4, { left: { client: 9, clock: 5 } });
      writer.text('x'.repeat(1_000_000));
    }),
  ],
  [
    'G3 updates ahead of their clock',
    'passed over',
    (aim) =>
      many(8, () => {
        const writer = new UpdateWriter().numbers(1, 1, aim.own, 5);
        element(writer, 'paragraph');
        return writer.number(0).done();
      }),
  ],
  [
    'a parent that never comes',
    'passed over',
    section(1, (writer) => {
      head(writer, 7, { parent: { client: 9, clock: 3 } });
      writer.number(6);
    }),
  ],
  [
    'a skipped stretch before the rest',
    'passed over',
    section(2, (writer) => {
      writer.byte(10).number(4);
      element(writer, 'paragraph');
    }),
  ],
  // P: what would poison the note.
  ['P1 a removed struct of no length', 'refused', raw(1, 1, 7, 0, 0, 0, 0)],
  ['P2 a deletion of no length', 'refused', atRoot(1, 0)],
  ['P3 a text of no length', 'refused', atRoot(4, 0)],
  ['P3 no values', 'refused', atRoot(8, 0)],
  [
    'P3 a text of no length in the text',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: aim.letter, right: aim.next });
      writer.text('');
    }),
  ],
  ['P4 a value among the blocks', 'refused', atRoot(8, 1, 126)],
  ['P4 text among the blocks', 'refused', atRoot(4, 1, 97)],
  ['P4 a map among the blocks', 'refused', atRoot(7, 1)],
  ['P4 an array among the blocks', 'refused', atRoot(7, 0)],
  ['P4 an embed among the blocks', 'refused', atRoot(5, 2, 123, 125)],
  ['P4 a document in the document', 'refused', atRoot(9, 1, 97, 118, 0)],
  ['P4 bytes among the blocks', 'refused', atRoot(3, 1, 1)],
  ['P4 old JSON among the blocks', 'refused', atRoot(2, 1, 4, 110, 117, 108, 108)],
  ['P4 a run of text among the blocks', 'refused', atRoot(7, 6)],
  ['P4 a hook among the blocks', 'refused', atRoot(7, 5, 1, 97)],
  ['P4 a fragment among the blocks', 'refused', atRoot(7, 4)],
  [
    'P4 an attribute of the root',
    'refused',
    section(1, (writer) => {
      head(writer, 8, { root: 'default', key: 'level' });
      writer.byte(1, 125, 1);
    }),
  ],
  ['P5 500 quotations inside one another', 'refused', nest(500, 'blockquote')],
  ['P5 49 quotations inside one another', 'refused', nest(50, 'blockquote')],
  [
    'P6 a struct beside itself',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: { client: aim.own, clock: 0 } });
      writer.text('x');
    }),
  ],
  [
    'P6 a struct inside its own future',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 7, { parent: { client: aim.own, clock: 7 } });
      writer.number(6);
    }),
  ],
  [
    'P6 two that wait for each other',
    'passed over',
    (aim) => {
      const [one, other] = [aim.own, aim.own + 1];
      const writer = new UpdateWriter().number(2);
      for (const [mine, yours] of [
        [one, other],
        [other, one],
      ] as const) {
        writer.numbers(1, mine, 0);
        head(writer, 4, { left: { client: yours, clock: 0 } });
        writer.text('x');
      }
      return [writer.number(0).done()];
    },
  ],
  ['P6 the same client twice', 'refused', raw(2, 1, 7, 0, 0, 1, 1, 7, 0, 0, 1, 0)],
  [
    'neighbours in two different runs of text',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: aim.letter, right: aim.line });
      writer.text('x');
    }),
  ],
  [
    'neighbours the wrong way round',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: aim.next, right: aim.letter });
      writer.text('x');
    }),
  ],
  [
    'a neighbour before itself',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: aim.letter, right: aim.letter });
      writer.text('x');
    }),
  ],
  [
    'neighbours that nobody ever saw side by side',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { right: aim.next });
      writer.text('x');
    }),
  ],
  [
    'a child of a letter',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { parent: aim.letter });
      writer.text('x');
    }),
  ],
  [
    'an element inside the text',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 7, { left: aim.letter, right: aim.next });
      writer.number(3).text('paragraph');
    }),
  ],
  [
    'text that is not UTF-8',
    'refused',
    section(1, (writer, aim) => {
      head(writer, 4, { left: aim.letter, right: aim.next });
      writer.byte(2, 0xc3, 0x28);
    }),
  ],
  ['bytes after the end', 'refused', raw(0, 0, 1)],
  [
    'an item in a list that holds none',
    'refused',
    section(2, (writer, aim) => {
      element(writer, 'bulletList');
      head(writer, 7, { parent: { client: aim.own, clock: 0 } });
      writer.number(3).text('paragraph');
    }),
  ],
  // V: what would take from somebody else.
  [
    'V1 a deletion of all that somebody will write',
    'passed over',
    ({ victim }) => [new UpdateWriter().numbers(0, 1, victim.client, 1, victim.clock, 1_000_000).done()],
  ],
  [
    'V2 nothing, where somebody will write',
    'passed over',
    ({ victim }) => [
      new UpdateWriter().numbers(1, 1, victim.client, victim.clock).byte(0).numbers(500, 0).done(),
    ],
  ],
  [
    'V2 words under the id of somebody else',
    'passed over',
    ({ victim, letter, next }) => {
      const writer = new UpdateWriter().numbers(1, 1, victim.client, victim.clock);
      head(writer, 4, { left: letter, right: next });
      return [writer.text('never said').number(0).done()];
    },
  ],
  [
    'V2 other words for what somebody wrote',
    'passed over',
    ({ victim, letter, next }) => {
      const writer = new UpdateWriter().numbers(1, 1, victim.client, victim.clock - 1);
      head(writer, 4, { left: letter, right: next });
      return [writer.text('forged').number(0).done()];
    },
  ],
  // T2: what would be dangerous wherever it is shown.
  ['T2 an image', 'refused', section(1, (writer) => element(writer, 'image'))],
  ['T2 a script', 'refused', section(1, (writer) => element(writer, 'script'))],
  [
    'T2 a language that breaks out of its attribute',
    'refused',
    attribute('codeBlock', 'language', ...text('"><img src=x onerror=alert(1)>')),
  ],
  ['T2 an attribute of events', 'refused', attribute('paragraph', 'onclick', ...text('alert(1)'))],
  ['T2 a class', 'refused', attribute('paragraph', 'class', ...text('forged'))],
  ['T2 a prototype', 'refused', attribute('heading', '__proto__', 126)],
  [
    'T2 a prototype inside a value',
    'refused',
    attribute('heading', 'level', 118, 1, 9, ...new TextEncoder().encode('__proto__'), 126),
  ],
  ['T2 a heading of level 99', 'refused', attribute('heading', 'level', 125, 0xa3, 1)],
  [
    'T2 a value nested 20 deep',
    'refused',
    attribute('tableCell', 'colwidth', ...new Array(20).fill([117, 1]).flat(), 126),
  ],
  ['T2 a large integer', 'refused', attribute('orderedList', 'start', 122, 0, 0, 0, 0, 0, 0, 0, 1)],
  ['T2 a link that runs a script', 'refused', mark('link', '{"href":"javascript:alert(1)"}')],
  [
    'T2 a link that opens over the page',
    'refused',
    mark('link', '{"href":"https://example.org/","target":"_self"}'),
  ],
  ['T2 an unknown mark', 'refused', mark('highlight', '{}')],
  ['T2 a mark that is no JSON', 'refused', mark('bold', '{')],
];

/** A place to aim at in a document whose first line has at least two letters. */
export function aimAt(doc: Y.Doc, victim: Y.Doc, own: number): Aim {
  const line = doc.getXmlFragment('default').get(0);
  const run = line instanceof Y.XmlElement ? line.get(0) : null;
  if (!(run instanceof Y.XmlText) || !line._item || !run._item) throw new Error('The note has no first line');
  let item = run._start;
  while (item && (item.deleted || item.length < 2)) item = item.right;
  if (!item) throw new Error('The first line is too short');
  const { client, clock } = item.id;
  return {
    victim: { client: victim.clientID, clock: Y.getState(victim.store, victim.clientID) },
    own,
    line: line._item.id,
    text: run._item.id,
    letter: { client, clock },
    next: { client, clock: clock + 1 },
  };
}
