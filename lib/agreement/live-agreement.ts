import { Counts } from './counts';
import { LivePassages } from './live-passages';
import { LiveSections } from './live-sections';
import type { Coding } from './ratings';
import type { Scope } from './scope';

/** A source's part in the counts: codings come and go, and only what they touch is counted anew. */
export type LiveSource = { change(coding: Coding, place: number, by: 1 | -1): void };

/**
 * Agreement that goes along while people code. A coding that is added or removed costs as many steps as it touches units,
 * times coders; the counts equal those of `countsOf(ratingsOf(scope, codings))`.
 */
export class LiveAgreement {
  readonly counts: Counts;
  readonly #places: ReadonlyMap<string, number>;
  readonly #sources: ReadonlyMap<string, LiveSource>;
  readonly #code: string | undefined;

  constructor(scope: Scope, codings: readonly Coding[] = []) {
    this.counts = new Counts(scope.coders.length);
    this.#code = scope.code;
    this.#places = new Map(scope.coders.map((coder, at) => [coder, at]));
    this.#sources = new Map(
      scope.sources.map((source) => [
        source.id,
        scope.unit === 'passage'
          ? new LivePassages(scope, source, this.counts)
          : new LiveSections(scope, source, scope.unit, this.counts),
      ]),
    );
    for (const coding of codings) this.add(coding);
  }

  /** Takes a coding in; one of another code, source or coder than the scope's changes nothing. */
  add(coding: Coding): void {
    this.#change(coding, 1);
  }

  /** Takes one coding away that was added before. */
  remove(coding: Coding): void {
    this.#change(coding, -1);
  }

  #change(coding: Coding, by: 1 | -1): void {
    const place = this.#places.get(coding.coder);
    if (place === undefined || coding.end <= coding.start) return;
    if (this.#code !== undefined && coding.code !== this.#code) return;
    this.#sources.get(coding.source)?.change(coding, place, by);
  }
}
