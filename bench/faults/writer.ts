import type { SyncPair } from '../../tests/support/sync-pair';
import type { SyncPlace } from '../../tests/support/sync-processes';
import { type Served, Typist } from '../../tests/support/sync-processes';

/** When each letter of each writer here was typed, by client id and clock. */
const typed = new Map<number, Map<number, number>>();

/** Somebody who types into a note, and notes how long the letters of the others take to come. */
export class Writer {
  readonly typist: Typist;
  /** The server it is at home on. */
  readonly home: number;
  readonly person: number;
  /** How long letters of others took to come since it was asked last, ms. */
  #delays: number[] = [];
  /** Times its connection closed. */
  closings = 0;
  readonly #place: SyncPlace;
  readonly #pair: SyncPair;

  constructor(
    place: SyncPlace,
    pair: SyncPair,
    noteId: string,
    { person, home, random }: { person: number; home: number; random: () => number },
  ) {
    this.#place = place;
    this.#pair = pair;
    this.home = home;
    this.person = person;
    this.typist = new Typist(place, pair.at(home), noteId, person, random);
    const { doc, provider } = this.typist;
    provider.on('connection-close', () => {
      this.closings++;
    });
    doc.on('afterTransaction', ({ local, beforeState, afterState }) => {
      const now = performance.now();
      if (local) this.#noteTyped(beforeState, afterState, now);
      else this.#noteCome(beforeState, afterState, now);
    });
  }

  #noteTyped(before: Map<number, number>, after: Map<number, number>, now: number): void {
    const { clientID } = this.typist.doc;
    const own = typed.get(clientID) ?? new Map<number, number>();
    typed.set(clientID, own);
    for (let clock = before.get(clientID) ?? 0; clock < (after.get(clientID) ?? 0); clock++)
      own.set(clock, now);
  }

  #noteCome(before: Map<number, number>, after: Map<number, number>, now: number): void {
    for (const [client, end] of after) {
      const times = client === this.typist.doc.clientID ? undefined : typed.get(client);
      if (times === undefined) continue;
      for (let clock = before.get(client) ?? 0; clock < end; clock++) {
        const at = times.get(clock);
        if (at !== undefined) this.#delays.push(now - at);
      }
    }
  }

  /** What the server said is saved, as it stands now. */
  get promised(): Map<number, number> {
    return new Map(this.typist.acked);
  }

  /** How many of its own letters are called saved. */
  get saved(): number {
    return this.typist.acked.get(this.typist.doc.clientID) ?? 0;
  }

  /** The delays since the last call, ms. */
  takeDelays(): number[] {
    const delays = this.#delays;
    this.#delays = [];
    return delays;
  }

  /** Goes to a server with its next connection, or at once. */
  turnTo(slot: number, { atOnce = false } = {}): void {
    if (atOnce) this.goThrough(this.#pair.at(slot));
    else this.typist.turnTo(this.#place, this.#pair.at(slot));
  }

  /** Goes to a server by another address, at once. */
  goThrough(served: Served): void {
    this.typist.turnTo(this.#place, served);
    this.typist.provider.disconnect();
    this.typist.provider.connect();
  }

  close(): void {
    typed.delete(this.typist.doc.clientID);
    this.typist.close();
  }
}
