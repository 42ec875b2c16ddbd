import { isBlock, type Piece } from '@/lib/sources/canonical-text';

/** A run of text without a separator in it (a paragraph, a list item, a cell, a line before a `br`), in UTF-16 units. */
export type Block = {
  readonly start: number;
  readonly end: number;
  /** The element whose box is the block's, or `null` where it holds more than this run. */
  readonly element: HTMLElement | null;
};

/** Longer runs are cut, so that one endless paragraph doesn't count as one place. */
const LONGEST = 4_000;

function boxOf(node: Node, root: HTMLElement): HTMLElement {
  let element = node.parentElement ?? root;
  while (element !== root && !isBlock(element.nodeName) && !/^T[DH]$/.test(element.nodeName))
    element = element.parentElement ?? root;
  return element;
}

/** The blocks of an article in order, from the places of its text nodes. */
export function blocksOf(root: HTMLElement, pieces: readonly Piece<Node>[]): Block[] {
  const runs: { start: number; end: number; box: HTMLElement }[] = [];
  for (const { node, start, end } of pieces) {
    const last = runs.at(-1);
    if (last !== undefined && last.end === start) last.end = end;
    else runs.push({ start, end, box: boxOf(node, root) });
  }
  const blocks: Block[] = [];
  runs.forEach((run, index) => {
    const next = runs[index + 1]?.box;
    const alone =
      run.box !== root &&
      run.end - run.start <= LONGEST &&
      runs[index - 1]?.box !== run.box &&
      (next === undefined || !run.box.contains(next));
    for (let start = run.start; start < run.end; start += LONGEST)
      blocks.push({ start, end: Math.min(start + LONGEST, run.end), element: alone ? run.box : null });
  });
  return blocks;
}

/** The index of the last block that starts at or before the offset; -1 when there is none. Logarithmic. */
export function blockAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as Block).start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}
