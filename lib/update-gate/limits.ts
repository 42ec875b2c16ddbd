/** How much one update may hold, and how much work it may cause. What an honest client sends stays far below. */
export const LIMITS = {
  /** Bytes of one update. */
  bytes: 2 * 1024 * 1024,
  /** Structs and ranges of deletions that are looked at. */
  entries: 250_000,
  /** Structs of one update that are taken in at once; the sender is asked for the rest. */
  taken: 10_000,
  /** Ranges of one update that really delete something, likewise. */
  deletions: 10_000,
  /** Client ids of one update that were never seen before, likewise. */
  newClients: 256,
  /** Items of the document that may have to be passed to find the places of what is new, likewise. */
  steps: 1_000_000,
  /** Elements inside one another. */
  depth: 48,
  /** Arrays and objects inside one another in an attribute. */
  valueDepth: 8,
  /** Bytes of one name (of an element, an attribute, a mark) and of one value in JSON. */
  name: 256,
  value: 16 * 1024,
} as const;

/** Clocks stay below 2^31, client ids below 2^32. */
export const MAX_CLOCK = 0x7fffffff;
export const MAX_CLIENT = 0xffffffff;
