import type { Node } from '@tiptap/pm/model';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { AuthorRange } from '@/lib/notes/authorship';
import type { Change } from '@/lib/notes/compare';
import { personColour } from '../../ui/avatar';

/** Somebody who wrote in a version, with what tells them from others of the same colour, and how much they wrote. */
export type Author = {
  readonly userId: string | null;
  readonly name: string;
  readonly colour: string | null;
  readonly line: (typeof LINES)[number];
  /** How many of their stretches there are. */
  readonly stretches: number;
};

const LINES = ['solid', 'dashed', 'dotted', 'double'] as const;

/** Who wrote what is in a version, in the order they first appear. */
export function authorsOf(
  ranges: readonly AuthorRange[],
  nameOf: (userId: string) => string | undefined,
): Author[] {
  const counts = new Map<string | null, number>();
  for (const { userId } of ranges) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  const taken = new Map<string, number>();
  return [...counts].map(([userId, stretches]) => {
    if (userId === null) return { userId, stretches, name: 'Not known', colour: null, line: 'solid' };
    const colour = personColour(userId);
    const before = taken.get(colour) ?? 0;
    taken.set(colour, before + 1);
    const line = LINES[before % LINES.length] ?? 'solid';
    return { userId, stretches, name: nameOf(userId) ?? 'Somebody', colour, line };
  });
}

/** Colours each stretch by its author; its name shows on hover, and stepping leads to it. */
export function paintAuthors(
  doc: Node,
  ranges: readonly AuthorRange[],
  authors: readonly Author[],
): DecorationSet {
  const known = new Map(authors.map((author) => [author.userId, author]));
  const decorations = ranges.flatMap(({ userId, from, to }, place) => {
    const author = known.get(userId);
    if (author === undefined || author.colour === null) return [];
    return Decoration.inline(from, to, {
      nodeName: 'span',
      class: 'history-by',
      title: author.name,
      tabindex: '-1',
      'data-author': author.userId ?? '',
      'data-step': String(place),
      style: `--person: var(--code-${author.colour}); --person-wash: var(--code-${author.colour}-wash); --person-line: ${author.line}`,
    });
  });
  return DecorationSet.create(doc, decorations);
}

const LOOK = {
  inserted: { nodeName: 'ins', title: 'Added' },
  deleted: { nodeName: 'del', title: 'Taken out' },
  formatted: { nodeName: 'span', title: 'Set otherwise' },
} as const;

/** Marks what came, what went and what is set otherwise. `by` tells who wrote an inserted part, where that is known. */
export function paintChanges(
  doc: Node,
  changes: readonly Change[],
  by: (change: Change) => string | null,
): DecorationSet {
  const decorations = changes.flatMap((change, place) => {
    const { kind, from, to, block } = change;
    const { nodeName, title } = LOOK[kind];
    const who = kind === 'inserted' ? by(change) : null;
    const inline = Decoration.inline(from, to, {
      nodeName,
      class: `history-${kind}`,
      title: who === null ? title : `${title} by ${who}`,
      tabindex: '-1',
      'data-step': String(place),
    });
    if (!block) return inline;
    const whole = Decoration.node(from, to, {
      class: `history-block-${kind}`,
      'data-step': String(place),
      tabindex: '-1',
    });
    return kind === 'formatted' ? whole : [whole, inline];
  });
  return DecorationSet.create(doc, decorations);
}
