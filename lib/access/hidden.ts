/** What blind passes hide in a project now, of what is asked about. */
export type Hidden = {
  /** Hidden marks by id, with who alone may see each. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
  /** Passes that hide what is made in them by id, with who leads each. */
  readonly passes: ReadonlyMap<string, string>;
};

/** Nothing is hidden. */
export const NOTHING_HIDDEN: Hidden = { marks: new Map(), passes: new Map() };
