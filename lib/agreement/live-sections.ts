import type { Counts } from './counts';
import type { LiveSource } from './live-agreement';
import { type Cell, checkGiven, give, valueOfCell } from './live-cell';
import type { Extent } from './merge-spans';
import { type Coding, NOTHING } from './ratings';
import { type CodedSource, type Scope, wereToCode } from './scope';
import { firstEndingAfter, type SectionKind, sectionsOf } from './sections';

/** One that somebody coded; the others are extents alone, so that a code that is rare costs little. */
type Section = Extent & { readonly row: Int32Array; readonly cells: (Cell | undefined)[] };

/** The sentences, paragraphs, characters or the whole of a source: units that are there before anybody codes. */
export class LiveSections implements LiveSource {
  readonly #counts: Counts;
  readonly #judges: readonly boolean[];
  readonly #sections: (Extent | Section)[];
  /** The values of what nobody coded. */
  readonly #blank: Int32Array;
  readonly #kind: SectionKind | 'character';

  constructor(scope: Scope, source: CodedSource, kind: SectionKind | 'character', counts: Counts) {
    this.#counts = counts;
    this.#judges = wereToCode(scope, source);
    this.#kind = kind;
    const nothing = counts.indexOf(NOTHING);
    this.#blank = Int32Array.from(this.#judges, (judged) => (judged ? nothing : -1));
    const whole = source.text.length === 0 ? [] : [{ start: 0, end: source.text.length }];
    this.#sections = kind === 'character' ? whole : [...(source.sections ?? sectionsOf(kind, source.text))];
    const weight = this.#sections.reduce((sum, section) => sum + this.#weightOf(section), 0);
    if (weight > 0) counts.addRow(this.#blank, weight);
  }

  change({ start, end, code }: Coding, place: number, by: 1 | -1): void {
    if (!this.#judges[place]) return;
    if (this.#kind === 'character') {
      this.#cutAt(start);
      this.#cutAt(end);
    }
    const [from, to] = this.#touchedBy(start, end);
    if (by === -1)
      for (let at = from; at < to; at += 1) {
        const section = this.#sections[at] as Extent | Section;
        checkGiven('cells' in section ? section.cells[place] : undefined, code);
      }
    for (let at = from; at < to; at += 1) {
      const section = this.#codedAt(at);
      section.cells[place] ??= new Map();
      const cell = section.cells[place] as Cell;
      if (!give(cell, code, by)) continue;
      const value = this.#counts.indexOf(valueOfCell(cell));
      this.#counts.changeValue(section.row, place, value, this.#weightOf(section));
    }
  }

  #codedAt(at: number): Section {
    const section = this.#sections[at] as Extent | Section;
    if ('cells' in section) return section;
    const coded = { start: section.start, end: section.end, row: this.#blank.slice(), cells: [] };
    this.#sections[at] = coded;
    return coded;
  }

  /** The places of the sections that a span touches: from the first up to, without, the last. */
  #touchedBy(start: number, end: number): [number, number] {
    const from = firstEndingAfter(this.#sections, start);
    let to = from;
    while (to < this.#sections.length && (this.#sections[to] as Extent).start < end) to += 1;
    return [from, to];
  }

  #weightOf({ start, end }: Extent): number {
    return this.#kind === 'character' ? end - start : 1;
  }

  /** Makes a run of characters two with the same values; that changes no count. */
  #cutAt(offset: number): void {
    const at = firstEndingAfter(this.#sections, offset);
    const section = this.#sections[at];
    if (section === undefined || section.start >= offset) return;
    const before = { start: section.start, end: offset };
    const after = { ...section, start: offset };
    if (!('cells' in section)) {
      this.#sections.splice(at, 1, before, after);
      return;
    }
    const cells = section.cells.map((cell) => cell && new Map(cell));
    this.#sections.splice(at, 1, { ...before, row: section.row.slice(), cells }, after);
  }
}
