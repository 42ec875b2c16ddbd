/**
 * Answers of the last second, by what was asked. When a thousand sockets come back at once, most ask what another
 * has just asked. What it holds is no older than a socket that is open anyway: whoever forgets what changed
 * (`clear`) at the notices that close open sockets is as strict with new ones. Failures are not kept.
 */
export class Recent<T> {
  readonly #keepMs: number;
  readonly #answers = new Map<string, { readonly answer: Promise<T>; readonly until: number }>();

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** What was answered to this lately, or is being found out; else it is found out now. */
  ask(key: string, find: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.#answers.get(key);
    if (known && known.until > now) return known.answer;
    this.#forget(now);
    const answer = find();
    const entry = { answer, until: now + this.#keepMs };
    this.#answers.set(key, entry);
    answer.catch(() => {
      if (this.#answers.get(key) === entry) this.#answers.delete(key);
    });
    return answer;
  }

  clear(): void {
    this.#answers.clear();
  }

  /** The oldest stand first. */
  #forget(now: number): void {
    for (const [key, { until }] of this.#answers) {
      if (until > now) break;
      this.#answers.delete(key);
    }
  }
}
