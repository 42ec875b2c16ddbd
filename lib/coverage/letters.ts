/** A text as quotations are compared: one kind of quotes, dashes, dots and blanks, nothing invisible; `at` leads back. */
export type Letters = {
  readonly folded: string;
  /** For each unit of `folded`, and its end, the UTF-16 offset in the text it came from. */
  readonly at: readonly number[];
};

const SAME: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]/u, "'"],
  [/[\u201c-\u201f\u00ab\u00bb\u2033\u2039\u203a]/u, '"'],
  [/[\p{Pd}\u2212]/u, '-'],
];
const HIDDEN = /^[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]$/u;

/**
 * Folds what type-setting changes and nobody says: the shape of quotes and dashes, three dots or an ellipsis, kinds and
 * numbers of blanks, soft hyphens, composed accents. Case and every letter stay.
 */
export function lettersOf(text: string): Letters {
  let folded = '';
  const at: number[] = [];
  const put = (units: string, from: number) => {
    for (let unit = 0; unit < units.length; unit++) at.push(from);
    folded += units;
  };
  let from = 0;
  // A letter with the accents behind it is one, however it is written.
  for (const part of text.match(/[\s\S]\p{M}*/gu) ?? []) {
    const letter = part.normalize('NFC');
    if (/^\s/u.test(letter)) {
      if (!folded.endsWith(' ')) put(' ', from);
    } else if (letter === '…') put('...', from);
    else if (!HIDDEN.test(letter)) put(SAME.find(([all]) => all.test(letter))?.[1] ?? letter, from);
    from += part.length;
  }
  at.push(text.length);
  return { folded, at };
}
