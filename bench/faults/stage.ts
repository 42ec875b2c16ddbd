import { addSource } from '../../tests/support/instance';
import { SyncPair } from '../../tests/support/sync-pair';
import { type SyncPlace, seeded, shortfall, shownBy } from '../../tests/support/sync-processes';
import { quantile } from '../sync/figures';
import { Hand } from './hand';
import { untilSo } from './waiting';
import { Writer } from './writer';

const WRITERS = 50;
const NOTES = 10;
/** A letter of each writer comes so often, ms. */
const TYPE_MS = 500;
/** So many people mark and comment, each this often, ms. */
const HANDS = 6;
const HAND_MS = 400;

/** What a row counts of what was done while its fault went on. */
export type Done = { edits: number; annotations: number; comments: number; lost: number };

export type StageOptions = {
  /** What the process of a slot is told beside where its database is. */
  readonly env?: (slot: number) => Record<string, string>;
  readonly writers?: number;
  /** How many people mark and comment. */
  readonly hands?: number;
  readonly seed?: number;
  /** Servers that run already, and go on when the stage is closed. */
  readonly pair?: SyncPair;
};

/** Two servers of a place, with pages and sockets; `env` says what else each is told. */
export function openPair(place: SyncPlace, env?: StageOptions['env']): Promise<SyncPair> {
  return SyncPair.open(place, (slot) => ({ ROLE: 'all', ...env?.(slot) }));
}

/** Fifty writers in ten notes, and people who mark and comment, on two servers of one database. */
export class Stage {
  readonly place: SyncPlace;
  readonly pair: SyncPair;
  readonly writers: Writer[];
  readonly hands: Hand[];
  readonly noteIds: string[];
  readonly sourceId: string;
  readonly #isGuest: boolean;

  private constructor(
    place: SyncPlace,
    pair: SyncPair,
    {
      noteIds,
      sourceId,
      writers = WRITERS,
      hands = HANDS,
      pair: given,
      seed = 20_261_124,
    }: StageOptions & { noteIds: string[]; sourceId: string },
  ) {
    this.place = place;
    this.pair = pair;
    this.noteIds = noteIds;
    this.sourceId = sourceId;
    this.#isGuest = given !== undefined;
    const random = seeded(seed);
    this.writers = Array.from(
      { length: writers },
      // Each note has writers on both servers.
      (_, at) =>
        new Writer(place, pair, noteIds[(at >> 1) % noteIds.length] ?? '', {
          person: at,
          home: at % 2,
          random,
        }),
    );
    this.hands = Array.from(
      { length: hands },
      (_, at) => new Hand(place, pair, { person: at, home: at % 2, sourceId }),
    );
  }

  /** Starts the two servers and lets everybody begin; answers when each has something saved. */
  static async open(place: SyncPlace, options: StageOptions = {}): Promise<Stage> {
    place.use();
    const noteIds = await place.addNotes(NOTES);
    const { id: sourceId } = await addSource(place.grant);
    const pair = options.pair ?? (await openPair(place, options.env));
    const stage = new Stage(place, pair, { ...options, noteIds, sourceId });
    stage.type();
    for (const hand of stage.hands) hand.begin(HAND_MS);
    try {
      await untilSo(
        'everybody has something saved',
        () => stage.writers.every(({ typist, saved }) => typist.provider.synced && saved > 1),
        180_000,
      );
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  /** Lets everybody write (on). */
  type(): void {
    for (const { typist } of this.writers) typist.type(TYPE_MS);
  }

  /** Those at home on a server. */
  at(slot: number): Writer[] {
    return this.writers.filter(({ home }) => home === slot);
  }

  /** How much of what was promised is not stored, in letters. */
  async missing(promised: readonly Map<number, number>[]): Promise<number> {
    let missing = 0;
    for (const noteId of this.noteIds) {
      const stored = await this.place.stored(noteId);
      for (const [at, { typist }] of this.writers.entries()) {
        if (typist.noteId === noteId) missing += shortfall(stored, promised[at] ?? new Map());
      }
    }
    return missing;
  }

  /** How long it takes from now until each of these has more saved than was promised then, ms. */
  goesOn(writers: readonly Writer[] = this.writers, ms = 60_000): Promise<number> {
    const before = writers.map(({ saved }) => saved);
    return untilSo('writing goes on', () => writers.every(({ saved }, at) => saved > (before[at] ?? 0)), ms);
  }

  /** The time below which 99 of 100 letters came to these, since it was asked last, ms. */
  p99(writers: readonly Writer[] = this.writers): number {
    return quantile(
      writers.flatMap((writer) => writer.takeDelays()),
      0.99,
    );
  }

  /** Ends the writing: everybody, both servers and the database must have the same. Answers what was done, and what is lost of it. */
  async finish(ms = 60_000): Promise<Done> {
    const faults = await this.#settle(ms);
    const { annotations, comments } = this.#marked();
    const kept = async (table: 'annotations' | 'comments', ids: readonly string[]) => {
      const found = await this.place.db.$client.query(
        `select count(*)::int as count from ${table} where id = any($1::uuid[])`,
        [ids],
      );
      return ids.length - (found.rows[0] as { count: number }).count;
    };
    const lost =
      (await this.missing(this.writers.map(({ promised }) => promised))) +
      (await kept('annotations', annotations)) +
      (await kept('comments', comments));
    if (faults.length > 0) throw new Error(faults.join('; '));
    const edits = this.writers.reduce((sum, { saved }) => sum + saved, 0);
    return { edits, annotations: annotations.length, comments: comments.length, lost };
  }

  #marked() {
    return {
      annotations: this.hands.flatMap((hand) => hand.annotations),
      comments: this.hands.flatMap((hand) => hand.comments),
    };
  }

  async #settle(ms: number): Promise<string[]> {
    const faults = this.hands.flatMap((hand) => hand.faults);
    for (const { typist } of this.writers) typist.pause();
    await Promise.all(this.hands.map((hand) => hand.stop()));
    await untilSo(
      'all is saved',
      () => this.writers.every(({ typist }) => typist.provider.synced && typist.isSaved),
      ms,
    );
    for (const noteId of this.noteIds) {
      const here = this.writers.filter(({ typist }) => typist.noteId === noteId);
      await untilSo(
        'all copies of a note are equal',
        async () => {
          const copies = here.map(({ typist }) => typist.shown);
          return new Set([...copies, shownBy(await this.place.stored(noteId))]).size === 1;
        },
        ms,
      );
    }
    const final = this.writers.flatMap(({ typist }) => typist.final);
    if (final.length > 0) faults.push(`sockets closed for good: ${[...new Set(final)].join(', ')}`);
    return [...faults, ...this.pair.faults.splice(0)];
  }

  async close(): Promise<void> {
    for (const hand of this.hands) await hand.stop();
    for (const writer of this.writers) writer.close();
    if (!this.#isGuest) await this.pair.close();
  }
}
