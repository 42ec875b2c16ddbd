import type { Ownership } from './arrangement';

/** Whose a client id is, as it is stored. */
export type ClientRecord = {
  readonly clientId: number;
  /** Null when it is the program's own. */
  readonly userId: string | null;
  /**
   * Their page said itself that it writes under this id. Where not, they only sent what it carries: mostly their own
   * of an earlier visit, but now and then what another had written and the server had lost. That one may take it back.
   */
  readonly announced: boolean;
};

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
   * that is nobody's (`isUsed`) is the program's.
   */
  ownership(clientId: number, userId: string, isUsed: boolean): Ownership {
    const announcedBy = this.#announcedBy(clientId);
    if (announcedBy !== null && announcedBy !== userId) return 'other';
    const owner = this.#owners.get(clientId);
    if (owner === undefined) return isUsed ? 'other' : 'new';
    if (owner.announced) return owner.userId === userId ? 'own' : 'other';
    if (announcedBy === userId) return 'new';
    return owner.userId === userId ? 'own' : 'other';
  }

  /** Writes down that ids became a user's, and says it in the form in which it is stored. */
  claim(clientIds: readonly number[], userId: string): ClientRecord[] {
    const records = clientIds.map((clientId) => ({
      clientId,
      userId,
      announced: this.#announcedBy(clientId) === userId,
    }));
    this.learn(records);
    return records;
  }

  /** Whether this user may say that they write under an id. */
  mayAnnounce(clientId: number, userId: string): boolean {
    const owner = this.#owners.get(clientId);
    return owner === undefined || owner.userId === userId || !owner.announced;
  }
}
