import type * as Y from 'yjs';
import { faultOf } from './content-rules';
import type { DocumentView } from './document-view';
import { LIMITS } from './limits';
import type { ParsedUpdate, Section } from './parse-update';
import type { GatePolicy } from './policy';
import { Refusal } from './refusal';
import { isSameContent } from './same-content';
import { holderOf, innerOf, keyOf, type Spot } from './spot';
import { type Holder, KIND, Struct } from './struct';
import { TooMuchWork, Work } from './work';

const FEW = 4;

/** Whose a client id is, for the one who sends an update: theirs, nobody's yet, or another's. */
export type Ownership = 'own' | 'new' | 'other';

/** A section on its way: what of it is known already, and how far it could be taken. */
export type Progress = {
  readonly section: Section;
  /** The clock the document has before the update, and would have so far. */
  readonly before: number;
  state: number;
  readonly ownership: Ownership;
  /** The first struct that is not known whole, and the first that was not taken. */
  readonly first: number;
  next: number;
};

/**
 * Goes through the structs of an update in an order in which each finds what it builds on, as Yjs will, and judges
 * each in its place. What builds on something that is not there is not taken; nor is what another user's id carries.
 */
export class Arrangement {
  readonly #view: DocumentView;
  readonly #policy: GatePolicy;
  readonly #work: Work;
  /** Where there are many; few are looked through. */
  readonly #byClient: Map<number, Progress> | null;
  readonly progress: Progress[] = [];
  /** New structs whose neighbours on both sides come with the update, one at least: looked at once they are in. */
  readonly unsure: Struct[] = [];
  /** Some of it stands in what is deleted for good. */
  hasGone = false;
  #takes: number;
  #newClients: number = LIMITS.newClients;

  constructor(view: DocumentView, policy: GatePolicy, sections: number, isStored = false) {
    this.#byClient = sections > FEW ? new Map() : null;
    this.#view = view;
    this.#policy = policy;
    this.#takes = isStored ? Number.POSITIVE_INFINITY : LIMITS.taken;
    this.#work = new Work(view, isStored ? Number.POSITIVE_INFINITY : LIMITS.steps);
  }

  /** @throws Refusal */
  take(update: ParsedUpdate, ownership: (client: number) => Ownership): void {
    for (const section of update.sections) this.#add(section, ownership);
    try {
      for (const one of this.progress) this.#takeAll(one);
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
    }
  }

  /** The clock the document will have for this client. */
  state(client: number): number {
    return this.#of(client)?.state ?? this.#view.state(client);
  }

  #of(client: number): Progress | undefined {
    if (this.#byClient !== null) return this.#byClient.get(client);
    for (const one of this.progress) if (one.section.client === client) return one;
    return undefined;
  }

  #add(section: Section, ownership: (client: number) => Ownership): void {
    if (this.#of(section.client) !== undefined) throw new Refusal('a client named twice');
    const before = this.#view.state(section.client);
    const first = section.structs.findIndex((struct) => struct.end > before);
    const isKnown = first === -1;
    const one: Progress = {
      section,
      before,
      state: before,
      ownership: isKnown ? 'own' : ownership(section.client),
      first: isKnown ? section.structs.length : first,
      next: isKnown ? section.structs.length : first,
    };
    this.#byClient?.set(section.client, one);
    this.progress.push(one);
  }

  /** Takes all it can of a section, and before it what that builds on in others. Without recursion. */
  #takeAll(start: Progress): void {
    // Nearly always it builds on nothing that comes with the same update.
    for (let struct = start.section.structs[start.next]; struct !== undefined; ) {
      if (!this.#isNext(start, struct) || this.#missing(struct) !== null) break;
      this.#takeOne(start, struct);
      struct = start.section.structs[start.next];
    }
    if (start.next === start.section.structs.length || this.progress.length === 1) return;
    const stack = [start];
    const waiting = new Set([start]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const struct = top.section.structs[top.next];
      const missing = struct === undefined || !this.#isNext(top, struct) ? top : this.#missing(struct);
      if (struct !== undefined && missing === null) {
        this.#takeOne(top, struct);
        if (top === start) continue;
      } else if (missing !== null && missing !== top && !waiting.has(missing) && this.#canGoOn(missing)) {
        stack.push(missing);
        waiting.add(missing);
        continue;
      } else if (top === start) {
        return;
      } else {
        // Whoever waits for this waits in vain.
        return;
      }
      // One more of what somebody waits for is there: look whether it is enough.
      stack.pop();
      waiting.delete(top);
    }
  }

  #canGoOn(one: Progress): boolean {
    const struct = one.section.structs[one.next];
    return struct !== undefined && this.#isNext(one, struct);
  }

  #isNext(one: Progress, struct: Struct): boolean {
    return one.ownership !== 'other' && struct.kind !== KIND.skip && struct.clock <= one.state;
  }

  /** The section that must go first; null when nothing is missing. One that is not in the update is the struct's own. */
  #missing(struct: Struct): Progress | null {
    return (
      this.#missingId(struct, struct.leftClient, struct.leftClock) ??
      this.#missingId(struct, struct.rightClient, struct.rightClock) ??
      this.#missingId(struct, struct.parentClient, struct.parentClock)
    );
  }

  #missingId(struct: Struct, client: number, clock: number): Progress | null {
    if (client === -1) return null;
    if (client === struct.client) {
      if (clock >= struct.clock) throw new Refusal('a struct that builds on itself');
      return null;
    }
    const other = this.#of(client);
    if (clock < (other?.state ?? this.#view.state(client))) return null;
    return other ?? this.#of(struct.client) ?? null;
  }

  #takeOne(one: Progress, struct: Struct): void {
    if (--this.#takes < 0) throw new TooMuchWork();
    if (one.ownership === 'new' && one.next === one.first && --this.#newClients < 0) {
      throw new TooMuchWork();
    }
    this.#judge(struct, one.before);
    one.state = struct.end;
    one.next++;
  }

  #judge(struct: Struct, before: number): void {
    if (struct.kind === KIND.gc) return;
    const left = this.#find(struct.leftClient, struct.leftClock);
    const right = this.#find(struct.rightClient, struct.rightClock);
    const holder = this.#holder(struct, left, right);
    struct.holder = holder;
    if (struct.clock < before) this.#compare(struct, before);
    if (holder === null) {
      this.hasGone = true;
      return;
    }
    // Values of an attribute only ever follow one another.
    if (struct.key !== null && right !== null) throw new Refusal('an attribute that is not allowed');
    const fault = faultOf(this.#policy, holder, struct);
    if (fault !== null) throw new Refusal(fault);
    if (struct.kind === KIND.type) struct.inner = innerHolder(struct, holder);
    this.#work.place(struct, holder, left, right);
    if (left !== null && right !== null && (left instanceof Struct || right instanceof Struct)) {
      this.unsure.push(struct);
    }
  }

  #holder(struct: Struct, left: Spot | null, right: Spot | null): Holder | null {
    const beside = left ?? right;
    if (beside === null) {
      if (struct.root !== null) {
        if (!this.#policy.roots.has(struct.root)) throw new Refusal('a root that is not there');
        return this.#view.root(struct.root);
      }
      const parent = this.#find(struct.parentClient, struct.parentClock);
      return parent === null ? null : innerOf(this.#view, parent);
    }
    const holder = holderOf(this.#view, beside);
    if (left !== null && right !== null) {
      const other = holderOf(this.#view, right);
      if (holder === null || other === null) {
        // Beside what is deleted for good, nothing comes to stand at all.
        return null;
      }
      if (holder !== other || keyOf(left) !== keyOf(right)) {
        throw new Refusal('a place between two that are not in order');
      }
    }
    struct.key = keyOf(beside);
    return holder;
  }

  #find(client: number, clock: number): Spot | null {
    if (client === -1) return null;
    const progress = this.#of(client);
    if (progress === undefined || clock < progress.before) return this.#view.find(client, clock);
    return structAt(progress.section.structs, clock);
  }

  /** A struct of which the document has the beginning must go on where that ends, and as that would. */
  #compare(struct: Struct, before: number): void {
    const seam = this.#view.find(struct.client, before - 1);
    if (seam === null || !isSameContent(this.#view, struct, seam as Y.Item | Y.GC)) {
      throw new Refusal('other content for what is there already');
    }
  }
}

function innerHolder(struct: Struct, holder: Holder): Holder {
  const depth = holder.depth + 1;
  if (struct.name === '') return { kind: 'text', name: holder.name, depth };
  return { kind: 'element', name: struct.name, depth };
}

function structAt(structs: readonly Struct[], clock: number): Struct | null {
  let low = 0;
  let high = structs.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const struct = structs[middle];
    if (struct === undefined) return null;
    if (clock < struct.clock) high = middle - 1;
    else if (clock >= struct.end) low = middle + 1;
    else return struct;
  }
  return null;
}
