import { quoteSteps } from '@/lib/quotes/find-quotes';
import type { Proposal } from '@/lib/quotes/proposal';

/** Milliseconds after which the page gets its turn. */
const SLICE = 8;

/** Finds the quotations of a text while the page stays smooth; `null` when it was called off. */
export async function findInSlices(
  text: string,
  language: string | null,
  isCalledOff: () => boolean,
): Promise<Proposal[] | null> {
  const steps = quoteSteps(text, { language });
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < SLICE) continue;
    await new Promise((turn) => setTimeout(turn));
    if (isCalledOff()) return null;
    since = performance.now();
  }
}
