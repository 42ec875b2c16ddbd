const MOST = 2_000;

/**
 * What can be read in points of notes, as a digest, for those that were looked at last. A point that has moved on since,
 * or whose transaction was rolled back, has another time and is not found.
 */
export class Readings {
  readonly #known = new Map<string, { at: number; reading: string }>();

  /** The digest of a point that was last moved at this time; null when it is not known. */
  of(id: string, at: Date): string | null {
    const known = this.#known.get(id);
    return known?.at === at.getTime() ? known.reading : null;
  }

  keep(id: string, at: Date, reading: string): void {
    this.#known.delete(id);
    this.#known.set(id, { at: at.getTime(), reading });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
