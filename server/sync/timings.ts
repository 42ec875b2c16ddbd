/** The delays of the note rooms, all in ms. */
export type Timings = {
  /** How long updates are gathered into one append to the log. */
  batch: number;
  /** How long word that something is saved may wait for something else to go out with. */
  notice: number;
  /** A note rests when nobody has changed it for so long … */
  rest: number;
  /** … or when it was changed without a pause for so long. */
  restAtLatest: number;
  /** How long a room stays after its last socket left. */
  unload: number;
  /** Carets that move within this time are sent together. */
  awareness: number;
  /** How often all rooms are looked over for silent sockets … */
  sweep: number;
  /** … which get an empty message after this. Stock clients reconnect after 30,000 without one. */
  silence: number;
  /** How long a closing server goes on trying to reach its database. */
  close: number;
};

export const TIMINGS: Timings = {
  batch: 24,
  notice: 150,
  rest: 2_000,
  restAtLatest: 30_000,
  unload: 30_000,
  awareness: 40,
  sweep: 5_000,
  silence: 20_000,
  close: 5_000,
};
