import type { Found } from './find-quotes';
import { type Reading, sentenceEnd } from './reading';
import { sayingAt } from './verbs';

/** Items that may stand between two pieces of one quotation. */
const BETWEEN = 45;

/** Rules by which a piece has a speaker of its own. */
const OWN: ReadonlySet<string> = new Set(['after', 'tail', 'according', 'by']);

/**
 * Puts the pieces of split quotations together: "…," she said, "…"; also "…," she said. "…", where nothing but the
 * attribution stands between, and further pieces right behind.
 */
export function joinSplits(reading: Reading, found: readonly Found[]): Found[][] {
  const groups: Found[][] = [];
  for (const each of found) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && belongs(reading, group, last, each)) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

function belongs(reading: Reading, group: readonly Found[], last: Found, next: Found): boolean {
  const head = group[0]?.attribution ?? null;
  if (head === null || (head.rule !== 'after' && head.rule !== 'tail') || next.at - last.at > BETWEEN)
    return false;
  if (OWN.has(next.attribution?.rule ?? '')) return false;
  if (group.length > 1) return next.at === last.at + 1;
  const { items } = reading;
  for (let at = last.at + 1; at < next.at; at += 1) if (items[at]?.kind === 'line') return false;
  const end = sentenceEnd(reading, last.at + 1);
  // "…," she said. "…"
  if (end === next.at - 1) return true;
  // "…," she said, "…": one verb and a comma right before.
  if (items[next.at - 1]?.text !== ',' || next.attribution?.verb !== head.verb) return false;
  let verbs = 0;
  for (let at = last.at + 1; at < next.at; at += 1) if (sayingAt(reading, at) !== null) verbs += 1;
  return verbs === 1;
}
