import type { Ownership } from './arrangement';

/** Whose a client id is, as it is stored. */
export type ClientRecord = {
  readonly clientId: number;
  /** Null when it is the program's own. */
  readonly userId: string | null;
  /**
   * Their page said itself that it writes under this id. Where not, they only sent what it carries: mostly their own
   * of an earlier visit, but now and then what another had written and the server had lost. It is theirs until somebody
   * else brings more of it, or says that it is theirs.
   */
  readonly announced: boolean;
};

/** An id that becomes a user's; `from` is whose it was before as far as is known here, null when it was nobody's. */
export type TakenId = ClientRecord & { readonly from: string | null };

type Owner = { readonly userId: string | null; readonly announced: boolean };

/** Whose the client ids of one document are. Nobody may add to what another writes under an id. */
export class ClientOwners {
  readonly #owners = new Map<number, Owner>();
  readonly #announcedBy: (clientId: number) => string | null;

  /** `announcedBy` tells who announced an id on a socket of their own; null for nobody. */
  constructor(announcedBy: (clientId: number) => string | null = () => null) {
    this.#announcedBy = announcedBy;
  }

  /** Takes in what is stored. */
  learn(records: readonly ClientRecord[]): void {
    for (const { clientId, userId, announced } of records) this.#owners.set(clientId, { userId, announced });
  }

  /**
   * What a client id is to this user; `new` when it is to be written down as theirs. What the document has of an id
   * that is nobody's (`isUsed`) is the program's. An id that was only passed on goes to whoever brings more of it: after
   * a crash its writer has the most, who may have reloaded meanwhile and announce it no more. So what is under it is
   * called theirs who wrote the end of it, and never somebody's who did not.
   */
  ownership(clientId: number, userId: string, isUsed: boolean): Ownership {
    const announcedBy = this.#announcedBy(clientId);
    if (announcedBy !== null && announcedBy !== userId) return 'other';
    const owner = this.#owners.get(clientId);
    if (owner === undefined) return isUsed ? 'other' : 'new';
    if (owner.userId === userId) return owner.announced || announcedBy === null ? 'own' : 'new';
    return isOpen(owner) ? 'new' : 'other';
  }

  /** Who writes under an id, as far as is known; null for the program, and where nobody is known. */
  ownerOf(clientId: number): string | null {
    return this.#owners.get(clientId)?.userId ?? null;
  }

  /** Writes down that ids became a user's, and says it in the form in which it is stored. */
  claim(clientIds: readonly number[], userId: string): TakenId[] {
    const records = clientIds.map((clientId) => ({
      clientId,
      userId,
      announced: this.#announcedBy(clientId) === userId,
      from: this.#owners.get(clientId)?.userId ?? null,
    }));
    this.learn(records);
    return records;
  }

  /** Whether this user may say that they write under an id. */
  mayAnnounce(clientId: number, userId: string): boolean {
    const owner = this.#owners.get(clientId);
    return owner === undefined || owner.userId === userId || isOpen(owner);
  }

  /** Whether others brought what is under an id, and this user has since said that it is theirs. */
  isTakenBack(clientId: number, userId: string): boolean {
    const owner = this.#owners.get(clientId);
    return owner !== undefined && isOpen(owner) && this.#announcedBy(clientId) === userId;
  }
}

/** What was passed on only may be another's; what is the program's stays so. */
const isOpen = (owner: Owner) => !owner.announced && owner.userId !== null;
