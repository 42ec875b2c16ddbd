/** A seeded source of chance (mulberry32): every run of the benchmark sees the same article and marks. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES =
  'ka ro mi ten sul der an vo pre li ster con da re fu gal tion ment ing es the of a to'.split(' ');

/** The html of an article of about so many words: headings, paragraphs, emphasis and links. */
export function articleHtml(words: number, seed = 1): string {
  const random = chance(seed);
  const word = () => {
    const count = 1 + Math.floor(random() * 3);
    return Array.from({ length: count }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
  };
  const run = (count: number) => Array.from({ length: count }, word).join(' ');
  const parts: string[] = [];
  for (let written = 0; written < words; ) {
    if (parts.length % 12 === 0) parts.push(`<h2>${run(5)}</h2>`);
    const length = Math.min(25 + Math.floor(random() * 75), Math.max(words - written, 5));
    const middle = Math.floor(length / 2);
    const tag = random() < 0.5 ? ['<em>', '</em>'] : ['<a href="#">', '</a>'];
    parts.push(`<p>${run(middle - 2)} ${tag[0]}${run(3)}${tag[1]} ${run(length - middle)}.</p>`);
    written += length;
  }
  return parts.join('');
}

/** The canonical text of such an article. */
export function articleText(html: string): string {
  return html
    .replaceAll(/<\/(p|h2)>/g, '\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .trimEnd();
}

export const COLOURS = 20;

/** Marks of 1 to 40 words (most are short) at random places, so that they overlap. Offsets in UTF-16 units. */
export function marksIn(
  text: string,
  count: number,
  seed = 2,
): { id: string; start: number; end: number; colour: string }[] {
  const random = chance(seed);
  const starts = [0];
  for (const found of text.matchAll(/\s+/g)) starts.push(found.index + found[0].length);
  return Array.from({ length: count }, (_, at) => {
    const first = Math.floor(random() * (starts.length - 41));
    const last = first + 1 + Math.floor(random() ** 2 * 40);
    const start = starts[first] as number;
    const end = text.slice(0, starts[last]).trimEnd().length;
    return { id: `m${at}`, start, end, colour: `c${at % COLOURS}` };
  });
}
