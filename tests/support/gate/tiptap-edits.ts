import { getSchema } from '@tiptap/core';
import { Fragment, type Node as PmNode, type Schema, Slice } from '@tiptap/pm/model';
import { liftTarget, Transform } from '@tiptap/pm/transform';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import type { Seeded } from './seeded';

export const noteSchema: Schema = getSchema(noteSchemaExtensions());

// No letter of two UTF-16 units: an editor never cuts one, as the random places here would.
const WORDS = ['one ', 'two', ' three', '漢', 'vier ', 'ß', '\u200d', 'a', ' b', 'The ministry said so. '];
const HREFS = ['https://example.org/', 'mailto:desk@example.org', 'http://example.org/a?b=c'];

/** The note after one thing a person may do to it in the editor; the same when what was tried did not fit. */
export function editOnce(doc: PmNode, random: Seeded): PmNode {
  const edit = random.pick(EDITS);
  const transform = new Transform(doc.childCount > 0 ? doc : emptyDoc());
  try {
    edit(transform, random);
  } catch (error) {
    // Not everything fits everywhere; an editor offers only what does.
    if (!(error instanceof RangeError || error instanceof Error)) throw error;
    return doc;
  }
  return transform.doc;
}

const node = (name: string, attrs?: Record<string, unknown>, content?: PmNode | PmNode[]) =>
  noteSchema.node(name, attrs, content);
const emptyDoc = () => node('doc', undefined, [node('paragraph')]);
const words = (random: Seeded) => random.pick(WORDS);

function position(transform: Transform, random: Seeded): number {
  return random.below(transform.doc.content.size + 1);
}

function textPosition(transform: Transform, random: Seeded): number {
  const all: number[] = [];
  transform.doc.descendants((one, at) => {
    if (one.isTextblock) all.push(at + 1 + random.below(one.content.size + 1));
  });
  return random.pick(all);
}

function range(transform: Transform, random: Seeded, most = 12): [number, number] {
  const from = position(transform, random);
  return [from, Math.min(transform.doc.content.size, from + 1 + random.below(most))];
}

function block(random: Seeded): PmNode {
  const line = () => node('paragraph', undefined, [noteSchema.text(`x${words(random)}`)]);
  switch (random.below(8)) {
    case 0:
      return node('bulletList', undefined, [
        node('listItem', undefined, [line()]),
        node('listItem', undefined, [line()]),
      ]);
    case 1:
      return node('orderedList', { start: 1 + random.below(5) }, [node('listItem', undefined, [line()])]);
    case 2:
      return node('taskList', undefined, [node('taskItem', { checked: random.chance(0.5) }, [line()])]);
    case 3: {
      const cell = (name: string) => node(name, { colwidth: random.chance(0.3) ? [120] : null }, [line()]);
      const row = (name: string) => node('tableRow', undefined, [cell(name), cell(name)]);
      return node('table', undefined, [row('tableHeader'), row('tableCell')]);
    }
    case 4:
      return node('codeBlock', { language: random.pick([null, 'ts', 'c++']) }, [
        noteSchema.text('let a = 1'),
      ]);
    case 5:
      return node('blockquote', undefined, [line(), line()]);
    case 6:
      return node('horizontalRule');
    default:
      return node('heading', { level: 1 + random.below(3) }, [noteSchema.text('Head')]);
  }
}

/** Two, so that passages overlap. */
const THREADS = ['0190a1b2-0000-7000-8000-000000000001', '0190a1b2-0000-7000-8000-000000000002'];

function mark(random: Seeded) {
  const name = random.pick(['bold', 'italic', 'strike', 'code', 'link', 'thread']);
  if (name === 'thread') return noteSchema.mark(name, { threadId: random.pick(THREADS) });
  return noteSchema.mark(name, name === 'link' ? { href: random.pick(HREFS) } : undefined);
}

type Edit = (transform: Transform, random: Seeded) => void;

const type: Edit = (transform, random) => {
  const at = textPosition(transform, random);
  transform.insert(at, noteSchema.text(words(random), transform.doc.resolve(at).marks()));
};

const EDITS: readonly Edit[] = [
  type,
  type,
  type,
  type,
  type,
  (transform, random) => transform.delete(...range(transform, random)),
  (transform, random) => transform.delete(...range(transform, random, 60)),
  (transform, random) => transform.split(textPosition(transform, random)),
  (transform, random) => transform.split(textPosition(transform, random), 2),
  (transform, random) => transform.join(position(transform, random)),
  (transform, random) => transform.addMark(...range(transform, random), mark(random)),
  (transform, random) => transform.addMark(...range(transform, random, 40), mark(random)),
  (transform, random) => transform.removeMark(...range(transform, random, 40)),
  (transform, random) => {
    const [from, to] = range(transform, random);
    const into = random.pick(['paragraph', 'heading', 'codeBlock']);
    const found = noteSchema.nodes[into];
    if (found)
      transform.setBlockType(from, to, found, into === 'heading' ? { level: 1 + random.below(3) } : null);
  },
  (transform, random) => {
    transform.insert(random.pick(boundaries(transform.doc)), block(random));
  },
  (transform, random) => {
    const chip = node('quoteChip', { annotationId: '0190a8c0-7c3a-7000-8000-000000000001' });
    transform.insert(textPosition(transform, random), random.chance(0.5) ? chip : node('hardBreak'));
  },
  (transform, random) => {
    const at = random.pick(boundaries(transform.doc));
    const after = transform.doc.resolve(at).nodeAfter;
    if (after?.type.name === 'heading') transform.setNodeAttribute(at, 'level', 1 + random.below(3));
  },
  (transform, random) => {
    const items: number[] = [];
    transform.doc.descendants((one, at) => {
      if (one.type.name === 'taskItem') items.push(at);
    });
    if (items.length > 0) transform.setNodeAttribute(random.pick(items), 'checked', random.chance(0.5));
  },
  (transform, random) => {
    const [from, to] = range(transform, random, 30);
    const blocks = transform.doc.resolve(from).blockRange(transform.doc.resolve(to));
    const quote = noteSchema.nodes.blockquote;
    if (blocks && quote) transform.wrap(blocks, [{ type: quote }]);
  },
  (transform, random) => {
    const at = transform.doc.resolve(textPosition(transform, random));
    const blocks = at.blockRange();
    const target = blocks ? liftTarget(blocks) : null;
    if (blocks && target !== null) transform.lift(blocks, target);
  },
  // A piece cut out and put in elsewhere.
  (transform, random) => {
    const [from, to] = range(transform, random, 40);
    const slice = transform.doc.slice(from, to);
    transform.delete(from, to);
    transform.replaceRange(position(transform, random), position(transform, random), slice);
  },
  (transform, random) => {
    const pasted = Fragment.from(Array.from({ length: 1 + random.below(3) }, () => block(random)));
    const at = textPosition(transform, random);
    transform.replaceRange(at, at, new Slice(pasted, 0, 0));
  },
];

/** The places between the blocks of a note. */
function boundaries(doc: PmNode): number[] {
  const all = [0];
  doc.forEach((one, offset) => {
    all.push(offset + one.nodeSize);
  });
  return all.filter((at) => at <= doc.content.size);
}
