/** Longest words that are compared letter by letter, in UTF-16 units. */
const LONGEST = 40;
/** From here on two words count as one word spelt differently. */
export const ALIKE = 0.6;

const row = new Uint8Array(LONGEST + 1);

/** How alike two words in lower case are spelt: 1 for the same letters, 0 for nothing in common or too unlike to tell. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  if (longer > LONGEST || Math.min(a.length, b.length) < longer * ALIKE) return 0;
  const most = Math.floor(longer * (1 - ALIKE));
  if (most === 0) return 0;
  for (let column = 0; column <= b.length; column += 1) row[column] = column;
  for (let line = 1; line <= a.length; line += 1) {
    let slant = line - 1;
    let least = line;
    row[0] = line;
    for (let column = 1; column <= b.length; column += 1) {
      const over = row[column] as number;
      const same = a.charCodeAt(line - 1) === b.charCodeAt(column - 1);
      const cost = Math.min(slant + (same ? 0 : 1), over + 1, (row[column - 1] as number) + 1);
      slant = over;
      row[column] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return 0;
  }
  const cost = row[b.length] as number;
  return cost > most ? 0 : 1 - cost / longer;
}
