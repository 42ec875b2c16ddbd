import type { Counts } from './counts';
import type { LiveSource } from './live-agreement';
import { type Cell, checkGiven, give, valueOfCell } from './live-cell';
import type { Extent } from './merge-spans';
import { type Coding, NOTHING } from './ratings';
import { type CodedSource, type Scope, wereToCode } from './scope';
import { firstEndingAfter, type SectionKind, sectionsOf } from './sections';

type Section = Extent & { row: Int32Array; cells: (Cell | undefined)[] };

/** The sentences, paragraphs, characters or the whole of a source: units that are there before anybody codes. */
export class LiveSections implements LiveSource {
  readonly #counts: Counts;
  readonly #judges: readonly boolean[];
  readonly #sections: Section[];
  readonly #kind: SectionKind | 'character';

  constructor(scope: Scope, source: CodedSource, kind: SectionKind | 'character', counts: Counts) {
    this.#counts = counts;
    this.#judges = wereToCode(scope, source);
    this.#kind = kind;
    const nothing = counts.indexOf(NOTHING);
    const blank = Int32Array.from(this.#judges, (judged) => (judged ? nothing : -1));
    const whole = source.text.length === 0 ? [] : [{ start: 0, end: source.text.length }];
    const extents = kind === 'character' ? whole : sectionsOf(kind, source.text);
    this.#sections = extents.map((extent) => ({ ...extent, row: blank.slice(), cells: [] }));
    for (const section of this.#sections) counts.addRow(section.row, this.#weightOf(section));
  }

  change({ start, end, code }: Coding, place: number, by: 1 | -1): void {
    if (!this.#judges[place]) return;
    if (this.#kind === 'character') {
      this.#cutAt(start);
      this.#cutAt(end);
    }
    const touched = this.#touchedBy(start, end);
    if (by === -1) for (const { cells } of touched) checkGiven(cells[place], code);
    for (const section of touched) {
      section.cells[place] ??= new Map();
      const cell = section.cells[place] as Cell;
      if (!give(cell, code, by)) continue;
      const value = this.#counts.indexOf(valueOfCell(cell));
      this.#counts.changeValue(section.row, place, value, this.#weightOf(section));
    }
  }

  #touchedBy(start: number, end: number): Section[] {
    const touched: Section[] = [];
    for (let at = firstEndingAfter(this.#sections, start); at < this.#sections.length; at += 1) {
      const section = this.#sections[at] as Section;
      if (section.start >= end) break;
      touched.push(section);
    }
    return touched;
  }

  #weightOf({ start, end }: Extent): number {
    return this.#kind === 'character' ? end - start : 1;
  }

  /** Makes a run of characters two with the same values; that changes no count. */
  #cutAt(offset: number): void {
    const at = firstEndingAfter(this.#sections, offset);
    const section = this.#sections[at];
    if (section === undefined || section.start >= offset) return;
    const cells = section.cells.map((cell) => cell && new Map(cell));
    const before = { start: section.start, end: offset, row: section.row.slice(), cells };
    this.#sections.splice(at, 1, before, { ...section, start: offset });
  }
}
