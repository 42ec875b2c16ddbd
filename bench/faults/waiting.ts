/** Lets so many ms pass. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until something is so, and answers how many ms that took. @throws Error when it takes too long. */
export async function untilSo(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<number> {
  const start = performance.now();
  while (!(await isSo())) {
    if (performance.now() - start > ms)
      throw new Error(`Waited ${Math.round(ms / 1_000)} s in vain until ${what}`);
    await pause(10);
  }
  return performance.now() - start;
}

/** A time for people. */
export function seconds(ms: number): string {
  return Number.isFinite(ms) ? `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s` : '–';
}
