import type { Counts } from './counts';
import type { LiveSource } from './live-agreement';
import { type Cell, checkGiven, give, valueOfCell } from './live-cell';
import { type Coding, NOTHING } from './ratings';
import { type CodedSource, type Scope, wereToCode } from './scope';

type Passage = { row: Int32Array; cells: (Cell | undefined)[]; marks: number };

/** The passages of a source: one is a unit as long as anybody has marked it. */
export class LivePassages implements LiveSource {
  readonly #counts: Counts;
  readonly #judges: readonly boolean[];
  readonly #passages = new Map<string, Passage>();

  constructor(scope: Scope, source: CodedSource, counts: Counts) {
    this.#counts = counts;
    this.#judges = wereToCode(scope, source);
  }

  change({ start, end, code }: Coding, place: number, by: 1 | -1): void {
    if (!this.#judges[place]) return;
    const key = `${start}-${end}`;
    if (by === -1) checkGiven(this.#passages.get(key)?.cells[place], code);
    const passage = this.#passages.get(key) ?? this.#begin(key);
    passage.cells[place] ??= new Map();
    const cell = passage.cells[place] as Cell;
    const isOther = give(cell, code, by);
    passage.marks += by;
    if (isOther) this.#counts.changeValue(passage.row, place, this.#counts.indexOf(valueOfCell(cell)), 1);
    if (passage.marks > 0) return;
    this.#counts.addRow(passage.row, -1);
    this.#passages.delete(key);
  }

  #begin(key: string): Passage {
    const nothing = this.#counts.indexOf(NOTHING);
    const row = Int32Array.from(this.#judges, (judged) => (judged ? nothing : -1));
    const passage = { row, cells: [], marks: 0 };
    this.#passages.set(key, passage);
    this.#counts.addRow(row, 1);
    return passage;
  }
}
