import * as Y from 'yjs';
import { Arrangement, type Ownership, type Progress } from './arrangement';
import { existing } from './deletions';
import { DocumentView } from './document-view';
import { areInOrder } from './order-check';
import { parseUpdate } from './parse-update';
import { partOfUpdate } from './part-of-update';
import type { GatePolicy } from './policy';
import { type Reason, Refusal } from './refusal';

/** An update, or the part of one, that may be applied. */
export type Passed = {
  /** `gap` when something was left out because what it builds on is not there, or because it was too much at once. */
  readonly kind: 'pass' | 'gap';
  /** What may be applied; null when nothing in it is new. */
  readonly part: Uint8Array | null;
  /** Client ids that are used for the first time: from now on they are the sender's. */
  readonly claims: readonly number[];
  /** Client ids of others under which the update had something new: it was left out. */
  readonly withheld: readonly number[];
  /** For `UpdateGate.take`. */
  readonly arrangement: Arrangement;
};

export type Verdict = Passed | { readonly kind: 'refuse'; readonly reason: Reason };

/** The document is not what it should be after an update was applied: throw it away and load it again. */
export class DocumentHarmed extends Error {}

/** Stands before a document and lets nothing in that could harm it, whoever sends it. */
export class UpdateGate {
  readonly #doc: Y.Doc;
  readonly #policy: GatePolicy;
  readonly #view: DocumentView;

  constructor(doc: Y.Doc, policy: GatePolicy) {
    this.#doc = doc;
    this.#policy = policy;
    this.#view = new DocumentView(doc);
    // Were a root first named by an update, it would be of no type at all.
    for (const root of policy.roots) doc.getXmlFragment(root);
  }

  /** Looks at an update and changes nothing. `ownership` tells whose a client id is, for the sender. */
  judge(update: Uint8Array, ownership: (client: number) => Ownership): Verdict {
    return this.#judge(update, ownership, false);
  }

  /** Looks at an update from our own store: of any size, and by whomever. */
  judgeStored(update: Uint8Array): Verdict {
    return this.#judge(update, () => 'own', true);
  }

  #judge(update: Uint8Array, ownership: (client: number) => Ownership, isStored: boolean): Verdict {
    try {
      const parsed = parseUpdate(update, isStored);
      const arrangement = new Arrangement(this.#view, this.#policy, parsed.sections.length, isStored);
      arrangement.take(parsed, ownership);
      const { progress } = arrangement;
      const deletions = existing(
        this.#view,
        parsed.deletions,
        (client) => arrangement.state(client),
        isStored,
      );
      const gap = deletions.gap || progress.some(isGap);
      return {
        kind: gap ? 'gap' : 'pass',
        part: partOfUpdate(parsed, arrangement, deletions),
        claims: clientsOf(progress, (one) => one.ownership === 'new' && one.next > one.first),
        withheld: clientsOf(progress, (one) => one.ownership === 'other'),
        arrangement,
      };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refuse', reason: error.reason };
      throw error;
    }
  }

  /** Applies what was let through, right after it was judged. @throws DocumentHarmed */
  take({ part, arrangement }: Passed, origin?: unknown): void {
    if (part === null) return;
    Y.applyUpdate(this.#doc, part, origin);
    const { store } = this.#doc;
    if (store.pendingStructs !== null || store.pendingDs !== null) {
      throw new DocumentHarmed('Something waits for what is not there');
    }
    for (const { section, state } of arrangement.progress) {
      if (this.#view.state(section.client) !== state) throw new DocumentHarmed('Something was not taken in');
    }
    if (!areInOrder(this.#view, arrangement.unsure)) {
      throw new DocumentHarmed('Something does not stand where it should');
    }
  }
}

const isGap = (one: Progress) => one.ownership !== 'other' && one.next < one.section.structs.length;

function clientsOf(progress: readonly Progress[], holds: (one: Progress) => boolean): readonly number[] {
  const found = progress.filter(holds);
  return found.length === 0 ? NOBODY : found.map((one) => one.section.client);
}

const NOBODY: readonly number[] = [];
