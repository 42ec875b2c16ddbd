/** Rows that somebody wrote past the gate, by SQL. */
export const POISON: readonly [string, number[]][] = [
  ['a removed struct of no length', [1, 1, 7, 0, 0, 0, 0]],
  ['a deletion of no length', [1, 1, 7, 0, 1, 1, 7, 100, 101, 102, 97, 117, 108, 116, 0, 0]],
  ['a text of no length', [1, 1, 7, 0, 4, 1, 7, 100, 101, 102, 97, 117, 108, 116, 0, 0]],
  ['a value among the blocks', [1, 1, 7, 0, 8, 1, 7, 100, 101, 102, 97, 117, 108, 116, 1, 126, 0]],
  ['half an update', [1, 1, 7, 0, 4]],
  ['a script', [1, 1, 7, 0, 7, 1, 7, 100, 101, 102, 97, 117, 108, 116, 3, 6, 115, 99, 114, 105, 112, 116, 0]],
];
