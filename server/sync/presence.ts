import { caretColor } from '../../lib/notes/note-sync';
import { ByteReader, MalformedMessage } from './byte-reader';
import type { Caret } from './caret-relay';
import { type AwarenessEntry, awarenessFrame } from './sync-protocol';

/** Whom a socket speaks for, by its session. */
export type Person = { readonly userId: string; readonly name: string };

/** Knows whose the client ids are under which the note was written. */
export type ClientIdOwners = { mayAnnounce(clientId: number, userId: string): boolean };

const MAX_STATE_BYTES = 4096;
const MAX_STATE_DEPTH = 6;
const MAX_KNOWN = 10_000;

/** What a change of awareness is sent as: one frame for most, another for those it is about. */
export type PresenceChange<Holder> = {
  readonly frame: Buffer;
  /** The sockets that must not hear of themselves, with what is left for them. */
  readonly instead: ReadonlyMap<Holder, Buffer | null>;
};

/**
 * Who is in one note and where their carets stand. Nothing of it is stored. A socket speaks for one Yjs
 * client id and for its session's person: name, id and colour are written here, whatever it says; what it
 * says about others (stock clients repeat all they hear) is passed over. Clocks are given out here too,
 * in milliseconds since 1970, so that nobody can outrun them and whoever comes back, or stays while the server
 * starts anew, is shown at once.
 */
export class Presence<Holder extends object> {
  /** Each client id ever seen here, the person it belongs to and the last clock given out for it. */
  readonly #known = new Map<number, { userId: string; clock: number }>();
  readonly #states = new Map<number, { holder: Holder; state: string }>();
  readonly #idOf = new Map<Holder, number>();
  readonly #changed = new Set<number>();

  /** Takes in what a socket says. Answers whether others must hear of it. @throws MalformedMessage */
  receive(holder: Holder, person: Person, body: Uint8Array, owners: ClientIdOwners): boolean {
    const reader = new ByteReader(body);
    const count = reader.number();
    let news = false;
    for (let index = 0; index < count; index++) {
      const clientId = reader.number();
      // Its clock says nothing here: a stock client may have taken it over from one that was given out.
      reader.number(Number.MAX_SAFE_INTEGER);
      const state = reader.bytes();
      // A stock client opens with itself alone; longer lists repeat what it heard of others.
      const isFirst = !this.#idOf.has(holder) && count === 1;
      if (isFirst && owners.mayAnnounce(clientId, person.userId))
        this.#claim(holder, person, clientId, state);
      if (this.#idOf.get(holder) !== clientId) continue;
      this.#set(holder, clientId, rewrite(state, person));
      news = true;
    }
    reader.end();
    return news;
  }

  /** Takes in what was judged elsewhere already. Answers whether others must hear of it. */
  put(holder: Holder, { clientId, userId, state }: Caret): boolean {
    if (state === null) return this.#idOf.get(holder) === clientId && this.leave(holder);
    if (!this.#hold(holder, userId, clientId)) return false;
    this.#set(holder, clientId, state);
    return true;
  }

  /** Who speaks for a client now. */
  holderOf(clientId: number): Holder | undefined {
    return this.#states.get(clientId)?.holder;
  }

  /** What this holder shows; null when nothing. */
  caretOf(holder: Holder): Caret | null {
    const clientId = this.#idOf.get(holder);
    const userId = clientId === undefined ? undefined : this.#known.get(clientId)?.userId;
    if (clientId === undefined || userId === undefined) return null;
    return { clientId, userId, state: this.#states.get(clientId)?.state ?? null };
  }

  /** Who brought a client id here; null for nobody. */
  announcedBy(clientId: number): string | null {
    return this.#known.get(clientId)?.userId ?? null;
  }

  /** Forgets a socket that closed. Answers whether others must hear of it. */
  leave(holder: Holder): boolean {
    const clientId = this.#idOf.get(holder);
    if (clientId === undefined) return false;
    this.#idOf.delete(holder);
    if (!this.#states.delete(clientId)) return false;
    this.#changed.add(clientId);
    return true;
  }

  /** Everyone there but this socket, as one message; null when there is nobody. */
  others(holder: Holder): Buffer | null {
    const own = this.#idOf.get(holder);
    const entries = [...this.#states.keys()].filter((id) => id !== own).map((id) => this.#entry(id));
    return entries.length > 0 ? awarenessFrame(entries) : null;
  }

  /** What changed since the last call. */
  takeChanges(): PresenceChange<Holder> | null {
    if (this.#changed.size === 0) return null;
    const ids = [...this.#changed];
    this.#changed.clear();
    for (const id of ids) {
      const known = this.#known.get(id);
      // A stock client takes a removal at the clock it already knows, a state only at a later one.
      if (known && this.#states.has(id)) known.clock = Math.max(known.clock + 1, Date.now());
    }
    const entries = ids.map((id) => this.#entry(id));
    const instead = new Map<Holder, Buffer | null>();
    for (const id of ids) {
      const holder = this.#states.get(id)?.holder;
      if (holder === undefined) continue;
      const rest = entries.filter((entry) => entry.clientId !== id);
      instead.set(holder, rest.length > 0 ? awarenessFrame(rest) : null);
    }
    return { frame: awarenessFrame(entries), instead };
  }

  #claim(holder: Holder, person: Person, clientId: number, state: Uint8Array): void {
    if (state.length === 4 && String.fromCharCode(...state) === 'null') return;
    this.#hold(holder, person.userId, clientId);
  }

  /** A client id stays with the person who brought it, also while they are away. Answers whether it is theirs. */
  #hold(holder: Holder, userId: string, clientId: number): boolean {
    const known = this.#known.get(clientId);
    if (known && known.userId !== userId) return false;
    const before = this.#states.get(clientId)?.holder;
    // The same person came back before the old socket was seen to be dead.
    if (before) this.#idOf.delete(before);
    if (!known) {
      if (this.#known.size >= MAX_KNOWN) this.#forgetTheAway();
      this.#known.set(clientId, { userId, clock: 0 });
    }
    this.#idOf.set(holder, clientId);
    return true;
  }

  #forgetTheAway(): void {
    for (const id of this.#known.keys()) if (!this.#states.has(id)) this.#known.delete(id);
  }

  #set(holder: Holder, clientId: number, state: string | null): void {
    if (state === null) this.#states.delete(clientId);
    else this.#states.set(clientId, { holder, state });
    this.#changed.add(clientId);
  }

  #entry(clientId: number): AwarenessEntry {
    const clock = this.#known.get(clientId)?.clock ?? 0;
    return { clientId, clock, state: this.#states.get(clientId)?.state ?? 'null' };
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The state as others get it: only a caret is the client's to say. Null when it leaves. */
function rewrite(bytes: Uint8Array, person: Person): string | null {
  if (bytes.length > MAX_STATE_BYTES) throw new MalformedMessage('The awareness state is too large');
  const text = utf8.decode(bytes);
  if (text === 'null') return null;
  const said: unknown = JSON.parse(text);
  if (typeof said !== 'object' || said === null || Array.isArray(said)) {
    throw new MalformedMessage('The awareness state is no object');
  }
  const cursor: unknown = 'cursor' in said ? said.cursor : null;
  if (!isShallow(cursor, MAX_STATE_DEPTH)) throw new MalformedMessage('The awareness state is too deep');
  return `{"user":${userOf(person)},"cursor":${JSON.stringify(cursor)}}`;
}

const users = new WeakMap<Person, string>();

/** The person as the state has it, in JSON. */
function userOf(person: Person): string {
  const known = users.get(person);
  if (known !== undefined) return known;
  const { userId: id, name } = person;
  const user = JSON.stringify({ id, name, color: caretColor(id) });
  users.set(person, user);
  return user;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
