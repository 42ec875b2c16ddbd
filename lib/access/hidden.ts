/** What blind passes, embargoes and protected passages hide in a project now, of what is asked about. */
export type Hidden = {
  /** Hidden marks by id, with who alone may see each. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
  /** Passes that hide what is made in them by id, with who leads each. */
  readonly passes: ReadonlyMap<string, string>;
  /**
   * What an embargo keeps back, with who alone may see each: sources, the notes beside them, claims that rest on a passage of one,
   * speakers who are quoted nowhere else, and the marks asked about; and what so rests on a protected passage.
   */
  readonly withheld: ReadonlyMap<string, readonly string[]>;
  /** Sources with protected passages by id, with who alone may read those. */
  readonly redacted: ReadonlyMap<string, readonly string[]>;
};

/** Nothing is hidden. */
export const NOTHING_HIDDEN: Hidden = {
  marks: new Map(),
  passes: new Map(),
  withheld: new Map(),
  redacted: new Map(),
};
