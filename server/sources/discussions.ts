/** What somebody said in a file, as the file has it: nobody here vouches for the name. */
export type SaidInFile = {
  readonly author: string;
  /** ISO 8601; `null` where the file has no date. */
  readonly at: string | null;
  /** Plain text. */
  readonly text: string;
};

/** A comment of a file with its replies. */
export type TalkInFile = {
  /** The file's own, of the comment that it begins with. */
  readonly key: string;
  /** Never empty, in the order they were said. */
  readonly said: readonly SaidInFile[];
  readonly isResolved: boolean;
};

/** A talk, and the words of the text it is about (UTF-16 units; `null` where it is about the document as a whole). */
export type DiscussionInFile = TalkInFile & {
  readonly span: Span | null;
  /** The mark of this project that it is about, where that is known. */
  readonly markId?: string;
};
export type Span = { readonly start: number; readonly end: number };

/** The most comments that come in from a file, and the most letters of one. */
export const COMMENT_LIMITS = { comments: 2_000, letters: 20_000 } as const;
const NAMES = 5;

/** What is known of a comment that a file has, before it is known which replies to which. */
export type CommentInFile = SaidInFile & {
  readonly key: string;
  /** The key of the comment that it replies to. */
  readonly parent: string | null;
  readonly isResolved: boolean;
};

/** Puts comments, as a file lists them, together as talks, and says what of them does not come in, a sentence each. */
export function talksOf(all: readonly CommentInFile[]): { talks: TalkInFile[]; leftOut: string[] } {
  const some = all.slice(0, COMMENT_LIMITS.comments);
  const byKey = new Map(some.map((one) => [one.key, one]));
  const roots = new Map<string, string>();
  const rootOf = (one: CommentInFile): string => {
    const way: string[] = [];
    let at = one;
    // What replies in a ring begins where it is entered.
    while (at.parent !== null && !roots.has(at.key) && !way.includes(at.key) && way.length < 100) {
      const next = byKey.get(at.parent);
      if (next === undefined) break;
      way.push(at.key);
      at = next;
    }
    const root = roots.get(at.key) ?? at.key;
    for (const key of [...way, at.key]) roots.set(key, root);
    return root;
  };
  let [empty, long] = [0, 0];
  const said = new Map<string, SaidInFile[]>();
  const resolved = new Set<string>();
  for (const one of some) {
    const root = rootOf(one);
    const text = one.text.trim();
    if (one.isResolved && one.key === root) resolved.add(root);
    if (text === '') empty += 1;
    else {
      if (text.length > COMMENT_LIMITS.letters) long += 1;
      const words = text.slice(0, COMMENT_LIMITS.letters).toWellFormed();
      const talk = said.get(root) ?? [];
      talk.push({ author: one.author.trim().slice(0, 200) || 'Somebody', at: one.at, text: words });
      said.set(root, talk);
    }
  }
  const most = COMMENT_LIMITS.letters.toLocaleString('en');
  const more = all.length - some.length;
  return {
    talks: [...said].map(([key, words]) => ({ key, said: words, isResolved: resolved.has(key) })),
    leftOut: [
      ...(empty > 0 ? [`${counted(empty, 'comment')} without words.`] : []),
      ...(long > 0 ? [`The end of ${counted(long, 'comment')} with more than ${most} letters.`] : []),
      ...(more > 0
        ? [`${counted(more, 'comment')} behind the first ${some.length.toLocaleString('en')}.`]
        : []),
    ],
  };
}

/** What becomes of the comments of a file, a sentence each. */
export function wordsOfDiscussions(all: readonly DiscussionInFile[]): string[] {
  if (all.length === 0) return [];
  const comments = all.reduce((sum, { said }) => sum + said.length, 0);
  const names = [...new Set(all.flatMap(({ said }) => said.map(({ author }) => author)))];
  const rest = names.length - NAMES;
  const called = names.slice(0, NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const become =
    all.length === comments && comments > 1
      ? 'become discussions'
      : `${comments === 1 ? 'becomes' : 'become'} ${counted(all.length, 'discussion').replace(/^1 /, 'a ')}`;
  const whole = all.filter(({ span }) => span === null).length;
  return [
    `${counted(comments, 'comment')} ${become}, with the names that the file has: ${called}.`,
    ...(whole === 0
      ? []
      : [
          `${whole === all.length ? (whole === 1 ? 'It is' : 'They are') : `${whole} of the discussions ${whole === 1 ? 'is' : 'are'}`} about the document as a whole, as no place in its text is known for ${whole === 1 ? 'it' : 'them'}.`,
        ]),
  ];
}

const counted = (many: number, what: string): string =>
  `${many.toLocaleString('en')} ${what}${many === 1 ? '' : 's'}`;

const ZONE = /(?:Z|[+-]\d\d:\d\d)$/;

/** A time as programs write it, in ISO 8601; one without a zone, as most are, is taken for UTC. `null` for anything else. */
export function timeInFile(date: string): string | null {
  const isTime = /^(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/.test(date);
  const time = isTime ? Date.parse(ZONE.test(date) ? date : `${date}Z`) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Talks at their places, by their place in the list; `null` where those are not known, and why. */
export function placed(
  { talks, leftOut }: { readonly talks: readonly TalkInFile[]; readonly leftOut: readonly string[] },
  spans: ReadonlyMap<number, Span> | null,
  why = 'they can’t be told for certain',
): { discussions: DiscussionInFile[]; leftOut: string[] } {
  const isLost = spans === null && talks.length > 0;
  return {
    discussions: talks.map((talk, nth) => ({ ...talk, span: spans?.get(nth) ?? null })),
    leftOut: isLost ? [...leftOut, `The places of comments: ${why}.`] : [...leftOut],
  };
}
