import { byCodings, isCounted, QUICK_SPANS, spanOf } from './agreement-of';
import type { AgreementOf } from './answer';
import { addedUp } from './confusion';
import type { PlacedCoding } from './disagreements';
import { figuresOfCounts, spanFigure } from './figures';
import { LiveAgreement } from './live-agreement';
import { LiveSpans } from './live-spans';
import { continuaOf } from './ratings-of';
import { cutInto, type Scope } from './scope';

type OfCode = { readonly live: LiveAgreement; codings: number; shown: AgreementOf['byCode'][number] | null };

/**
 * What a pass gets at once (see `AgreementQuery.whole`), kept while people code: marks come, change and go, and only what
 * they touch is computed anew. The answer equals that of `agreementOf` for the same codings, to the last bit.
 */
export class StandingAgreement {
  readonly #scope: Scope;
  readonly #coders: ReadonlyMap<string, readonly string[]>;
  readonly #all: LiveAgreement;
  readonly #spans: LiveSpans;
  readonly #codes = new Map<string, OfCode>();
  readonly #marks = new Map<string, readonly PlacedCoding[]>();

  constructor(given: Scope) {
    this.#scope = cutInto(given);
    this.#coders = new Map(given.sources.map(({ id, coders }) => [id, coders ?? given.coders]));
    this.#all = new LiveAgreement(this.#scope);
    this.#spans = new LiveSpans(continuaOf(given, []));
  }

  /** Puts a mark's codings in the place of those it had; none, where it is gone. */
  set(annotationId: string, codings: readonly PlacedCoding[]): void {
    for (const coding of this.#marks.get(annotationId) ?? []) this.#change(coding, -1);
    const counted = codings.filter((one) => isCounted(one, this.#scope, this.#coders.get(one.sourceId)));
    for (const coding of counted) this.#change(coding, 1);
    if (counted.length > 0) this.#marks.set(annotationId, counted);
    else this.#marks.delete(annotationId);
  }

  answer(): AgreementOf {
    const bySource = this.#spans.bySource();
    const outcomes = this.#spans.outcomes();
    const shown = { coders: this.#spans.coders, times: this.#spans.times(), interval: null };
    const kinds = { same: 0, boundary: 0, code: 0, 'only-one': 0 };
    for (const own of bySource.values())
      for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) kinds[kind] += own.kinds[kind];
    return {
      measures: [
        ...figuresOfCounts(this.#all.counts),
        ...QUICK_SPANS.map((measure) =>
          spanFigure(measure, outcomes[measure.id] ?? { reason: 'it is not kept while people code' }, shown),
        ),
      ],
      byPair: [],
      byCode: [...this.#codes].map(([codeId, of]) => shownOf(codeId, of)).sort(byCodings),
      confusion: addedUp(new Map([...bySource].map(([id, { confusion }]) => [id, confusion]))),
      kinds,
      byDay: [],
    };
  }

  #change(coding: PlacedCoding, by: 1 | -1): void {
    const span = spanOf(coding);
    const { codeId } = coding;
    this.#all[by === 1 ? 'add' : 'remove'](span);
    this.#spans.change(`${coding.annotationId} ${codeId}`, coding, by);
    const of = this.#codes.get(codeId) ?? {
      ...{ live: new LiveAgreement({ ...this.#scope, code: codeId }), codings: 0, shown: null },
    };
    of.live[by === 1 ? 'add' : 'remove'](span);
    of.codings += by;
    of.shown = null;
    if (of.codings > 0) this.#codes.set(codeId, of);
    else this.#codes.delete(codeId);
  }
}

function shownOf(codeId: string, of: OfCode): AgreementOf['byCode'][number] {
  of.shown ??= { codeId, codings: of.codings, measures: figuresOfCounts(of.live.counts) };
  return of.shown;
}
