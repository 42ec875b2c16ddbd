const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A rank between two others, so that putting a thing in between changes that thing alone. Ranks are compared letter by
 * letter (ASCII) and never end in 0; `null` is an open end.
 * @throws RangeError when `after` does not come before `before`.
 */
export function rankBetween(after: string | null, before: string | null): string {
  if (after !== null && before !== null && after >= before)
    throw new RangeError('The ranks are not in order');
  return between(after ?? '', before);
}

function between(low: string, high: string | null): string {
  if (high !== null) {
    let shared = 0;
    while ((low[shared] ?? '0') === high[shared]) shared += 1;
    if (shared > 0) return high.slice(0, shared) + between(low.slice(shared), high.slice(shared));
  }
  const from = low === '' ? 0 : DIGITS.indexOf(low[0] as string);
  if (high === null) {
    if (low === '') return 'V';
    // What is put behind the last counts up, so that ranks stay short.
    return from + 1 < DIGITS.length
      ? (DIGITS[from + 1] as string)
      : `${DIGITS[from]}${between(low.slice(1), null)}`;
  }
  const to = DIGITS.indexOf(high[0] as string);
  if (to - from > 1) return DIGITS[Math.round((from + to) / 2)] as string;
  if (high.length > 1) return high.slice(0, 1);
  return `${DIGITS[from]}${between(low.slice(1), null)}`;
}
