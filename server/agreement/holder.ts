import type { AgreementOf } from '../../lib/agreement/answer';
import type { Scope } from '../../lib/agreement/scope';
import { StandingAgreement } from '../../lib/agreement/standing-agreement';
import type { Placed } from './compared';

/** A mark of a pass and what of it is compared now. */
export type HeldMark = readonly [annotationId: string, placed: Placed];
/** `scope`: to begin (anew) with these marks and no other; without, what they are now in the place of what they were. */
export type Asked = { readonly key: string; readonly scope?: Scope; readonly marks: readonly HeldMark[] };
export type Told = { readonly found: AgreementOf; readonly codings: number; readonly unplaced: number };

type Held = {
  readonly agreement: StandingAgreement;
  readonly marks: Map<string, Omit<Placed, 'codings'> & { codings: number }>;
};

/** What is kept of the passes that somebody looks at, each by its key. */
export class Holder {
  readonly #held = new Map<string, Held>();

  forget(key: string): void {
    this.#held.delete(key);
  }

  /** The agreement of a pass with these marks. Throws Error for a key that was not begun. */
  tell({ key, scope, marks }: Asked): Told {
    const held =
      scope === undefined
        ? this.#held.get(key)
        : { agreement: new StandingAgreement(scope), marks: new Map() };
    if (held === undefined) throw new Error('Nothing is kept of this pass.');
    for (const [annotationId, { codings, unplaced }] of marks) {
      held.agreement.set(annotationId, codings);
      held.marks.set(annotationId, { codings: codings.length, unplaced });
      if (codings.length + unplaced === 0) held.marks.delete(annotationId);
    }
    this.#held.set(key, held);
    const counted = { codings: 0, unplaced: 0 };
    for (const one of held.marks.values()) {
      counted.codings += one.codings;
      counted.unplaced += one.unplaced;
    }
    return { found: held.agreement.answer(), ...counted };
  }
}
