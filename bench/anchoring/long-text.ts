/**
 * A text of about so many UTF-16 units with the words of the given texts in their natural frequency: each word follows
 * one that it follows there. Paragraphs and headings as in an article. Seeded by `random`.
 */
export function longText(texts: readonly string[], units: number, random: () => number): string {
  const followers = new Map<string, string[]>();
  for (const text of texts) {
    const words = text.match(/\S+/g) ?? [];
    words.forEach((word, at) => {
      const next = words[at + 1];
      if (next === undefined) return;
      const list = followers.get(word);
      if (list === undefined) followers.set(word, [next]);
      else list.push(next);
    });
  }
  const all = [...followers.keys()];
  const parts: string[] = [];
  let length = 0;
  let sentences = 0;
  let word = all[0] as string;
  while (length < units) {
    const list = followers.get(word) ?? all;
    word = list[Math.floor(random() * list.length)] as string;
    const ends = /[.!?]["”’)»]?$/.test(word);
    if (ends) sentences += 1;
    const gap = ends && sentences % 5 === 0 ? '\n\n' : ' ';
    parts.push(word, gap);
    length += word.length + gap.length;
  }
  return parts.join('').trimEnd();
}
