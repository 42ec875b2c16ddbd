/** Signs that a reading of a text may add, drop or change; all others stay, in their order. */
const isBlank = (sign: string) => /[\s\u200b\ufeff]/.test(sign);

/**
 * Where the places of one text are in another that differs by white space alone. `null` for all where it differs by more.
 * Places are UTF-16 units.
 */
export function refit(
  from: string,
  to: string,
): (span: { start: number; end: number }) => { start: number; end: number } | null {
  if (from === to) return (span) => span;
  // For each sign of `from`, where it is in `to`; of a blank one, where the next that is none is.
  const places = new Uint32Array(from.length + 1);
  let there = 0;
  for (let at = 0; at < from.length; at += 1) {
    while (there < to.length && isBlank(to[there] as string)) there += 1;
    places[at] = there;
    if (isBlank(from[at] as string)) continue;
    if (to[there] !== from[at]) return () => null;
    there += 1;
  }
  places[from.length] = there;
  return ({ start, end }) => {
    let [first, last] = [start, end - 1];
    while (first < end && isBlank(from[first] as string)) first += 1;
    while (last > first && isBlank(from[last] as string)) last -= 1;
    if (first >= end) return null;
    return { start: places[first] as number, end: (places[last] as number) + 1 };
  };
}
