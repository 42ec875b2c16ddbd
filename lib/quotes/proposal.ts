/** A passage in a text: UTF-16 units, end exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** Somebody's words that were found in a text, for a person to accept, correct or refuse. */
export type Proposal = {
  /** The quoted words without their marks, one span for each piece of a quotation that is split; in order. */
  readonly spans: readonly Span[];
  /** From the first word to the last, with whatever stands between the pieces: what an annotation is made of. */
  readonly span: Span;
  /** As it would be stored: a name in full where the text gives one, a description otherwise; '' where nobody is named. */
  readonly speaker: string;
  /** The speaker as the rules read it, whatever is known. */
  readonly written: string;
  /** The verb of saying as it is written; `null` where the quotation has none of its own. */
  readonly verb: string | null;
  readonly style: 'direct';
  /** Whether the source itself only reports it ("reportedly"). */
  readonly hedged: boolean;
  /** The word that says so, as it is written; `null` where there is none. */
  readonly hedge: string | null;
  /** Whom the speaker's words come through, as written, the nearest first: a document, then an outlet. */
  readonly chain: readonly string[];
  /** Why it is taken for a quotation of this speaker, in words. */
  readonly reason: string;
  /** From 0 to 1; `THRESHOLD` and above are proposed. */
  readonly score: number;
};

/** Below it a passage in quotation marks is taken for a title, a term or irony. */
export const THRESHOLD = 0.5;

/** What was learnt from quotes that people accepted. */
export type Known = {
  /** A speaker as the rules name it, in lower case, and as people corrected it. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Speakers that are stored already. */
  readonly speakers?: readonly string[];
};
