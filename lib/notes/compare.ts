import { Fragment, type Node } from '@tiptap/pm/model';
import { align, type Step } from './align';
import { countWords, likeness, wordsOf } from './words';

/**
 * What differs at a place of a comparison. `from` and `to` are positions in its document. `formatted` has the same
 * words in another form (bold, a heading, a ticked box). `after` is where an inserted part begins in the later note.
 */
export type Change = {
  readonly kind: 'inserted' | 'deleted' | 'formatted';
  readonly from: number;
  readonly to: number;
  /** A whole block rather than words in one. */
  readonly block: boolean;
  readonly after: number | null;
};

/** Two states of a note as one document that holds what stayed, what went and what came. */
export type Comparison = {
  readonly doc: Node;
  readonly changes: readonly Change[];
  /** Numbers of words. */
  readonly added: number;
  readonly removed: number;
};

type Draft = { changes: Change[]; added: number; removed: number };

/** Compares two states of a note: blocks by what is most alike, the text in them word by word. */
export function compareNotes(before: Node, after: Node): Comparison {
  const draft: Draft = { changes: [], added: 0, removed: 0 };
  const doc = after.copy(Fragment.from(mergeBlocks(before, after, 0, 0, draft)));
  return { doc, ...draft };
}

/** `at` and `afterAt` are where the content begins, in the comparison and in the later note. */
function mergeBlocks(before: Node, after: Node, at: number, afterAt: number, draft: Draft): Node[] {
  const [olds, news] = [childrenOf(before), childrenOf(after)];
  const merged: Node[] = [];
  let [end, afterEnd] = [at, afterAt];
  const push = (node: Node) => {
    merged.push(node);
    end += node.nodeSize;
  };
  for (const step of align(olds, news, keyOf, blockLikeness)) {
    const old = step.kind === 'added' ? null : (olds[step.before] as Node);
    const now = step.kind === 'removed' ? null : (news[step.after] as Node);
    const both = step.kind === 'changed' && old && now ? mergeBlock(old, now, end, afterEnd, draft) : null;
    if (step.kind === 'same' && now) push(now);
    else if (both) push(both);
    else {
      if (old) push(markBlock(old, 'deleted', end, null, draft));
      if (now) push(markBlock(now, 'inserted', end, afterEnd, draft));
    }
    if (now) afterEnd += now.nodeSize;
  }
  return merged;
}

/** One block that became another; null when the two do not fit into one. */
function mergeBlock(old: Node, now: Node, at: number, afterAt: number, draft: Draft): Node | null {
  const trial: Draft = { changes: [], added: 0, removed: 0 };
  const isText = old.isTextblock && now.isTextblock;
  if (!isText && old.type !== now.type) return null;
  const content = isText
    ? mergeText(old, now, at + 1, afterAt + 1, trial)
    : mergeBlocks(old, now, at + 1, afterAt + 1, trial);
  const fragment = Fragment.from(content);
  if (!now.type.validContent(fragment)) return null;
  const node = now.copy(fragment);
  if (old.type !== now.type || JSON.stringify(old.attrs) !== JSON.stringify(now.attrs)) {
    draft.changes.push({ kind: 'formatted', from: at, to: at + node.nodeSize, block: true, after: null });
  }
  draft.changes.push(...trial.changes);
  draft.added += trial.added;
  draft.removed += trial.removed;
  return node;
}

function markBlock(
  node: Node,
  kind: 'inserted' | 'deleted',
  at: number,
  after: number | null,
  draft: Draft,
): Node {
  draft.changes.push({ kind, from: at, to: at + node.nodeSize, block: true, after });
  draft[kind === 'inserted' ? 'added' : 'removed'] += countWords(textOf(node));
  return node;
}

function mergeText(old: Node, now: Node, at: number, afterAt: number, draft: Draft): Node[] {
  const [olds, news] = [tokensOf(old), tokensOf(now)];
  const merged: Node[] = [];
  let [end, afterEnd] = [at, afterAt];
  const push = (node: Node, kind: Change['kind'] | null) => {
    const [from, to] = [end, end + node.nodeSize];
    merged.push(node);
    end = to;
    if (kind === null) return;
    const last = draft.changes.at(-1);
    // Words side by side with the same fate are one change.
    if (last && !last.block && last.kind === kind && last.to === from) {
      draft.changes[draft.changes.length - 1] = { ...last, to };
    } else {
      const after = kind === 'inserted' ? afterEnd : null;
      draft.changes.push({ kind, from, to, block: false, after });
    }
    if (kind === 'inserted') draft.added += countWords(textOf(node));
    if (kind === 'deleted') draft.removed += countWords(textOf(node));
  };
  for (const step of joinAcrossBlanks(align(olds, news, wordKey), olds)) {
    if (step.kind === 'removed') push(olds[step.before] as Node, 'deleted');
    else {
      const node = news[step.after] as Node;
      const isSame = step.kind === 'same' && olds[step.before]?.sameMarkup(node);
      push(node, step.kind === 'added' ? 'inserted' : isSame ? null : 'formatted');
      afterEnd += node.nodeSize;
    }
  }
  return merged;
}

/** A blank that stayed between two changes makes them hard to read apart: it is taken for changed as well. */
function joinAcrossBlanks(steps: readonly Step[], olds: readonly Node[]): Step[] {
  const isChange = (step: Step | undefined) => step?.kind === 'removed' || step?.kind === 'added';
  const joined: Step[] = [];
  let gap: { removed: Step[]; added: Step[] } = { removed: [], added: [] };
  const close = () => {
    joined.push(...gap.removed, ...gap.added);
    gap = { removed: [], added: [] };
  };
  steps.forEach((step, place) => {
    if (step.kind === 'removed') gap.removed.push(step);
    else if (step.kind === 'added') gap.added.push(step);
    else {
      const isBlank = /^\s+$/u.test(olds[step.before]?.text ?? '');
      const isBetween = gap.removed.length > 0 && gap.added.length > 0 && isChange(steps[place + 1]);
      if (isBlank && isBetween) {
        gap.removed.push({ kind: 'removed', before: step.before });
        gap.added.push({ kind: 'added', after: step.after });
      } else {
        close();
        joined.push(step);
      }
    }
  });
  close();
  return joined;
}

function childrenOf(node: Node): Node[] {
  return Array.from({ length: node.childCount }, (_, place) => node.child(place));
}

/** The words of a block, each with its form; a chip or line break stands for itself. */
function tokensOf(block: Node): Node[] {
  return childrenOf(block).flatMap((node) =>
    node.isText ? wordsOf(node.text ?? '').map((word) => block.type.schema.text(word, node.marks)) : [node],
  );
}

function keyOf(node: Node): string {
  return JSON.stringify(node.toJSON());
}

function wordKey(node: Node): string {
  return node.isText ? `w${node.text}` : keyOf(node.mark([]));
}

function textOf(node: Node): string {
  return node.isText ? (node.text ?? '') : node.textBetween(0, node.content.size, ' ', ' ');
}

function blockLikeness(before: Node, after: Node): number {
  const isText = before.isTextblock && after.isTextblock;
  if (!isText && before.type !== after.type) return 0;
  if (before.isLeaf) return 1;
  const alike = likeness(textOf(before), textOf(after));
  // An empty line that becomes a heading is no news; two lines of the same kind come before that.
  return before.type === after.type ? alike : alike * 0.9;
}
