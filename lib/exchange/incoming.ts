import type { Motivation } from '../annotations/annotation';
import type { QuoteDetails } from '../annotations/quote';
import type { Confidence, Stance } from '../claims/claim';

/** What a file holds, before anything is known of the project it comes into. Keys are the file's own, and stay its own. */
export type Incoming = {
  readonly codes: IncomingCode[];
  readonly sources: IncomingSource[];
  readonly annotations: IncomingAnnotation[];
  readonly claims: IncomingClaim[];
  readonly notes: IncomingNote[];
};

export type IncomingCode = {
  key: string;
  name: string;
  definition: string;
  whenToUse: string;
  whenNot: string;
  /** A name of ours, or `#rrggbb`. */
  colour: string | null;
  /** The key of the code it stands under. */
  parent: string | null;
};

export type IncomingSource = {
  key: string;
  title: string;
  url: string | null;
  byline: string | null;
  siteName: string | null;
  publishedAt: string | null;
  language: string | null;
  text: string;
};

/** Exactly one of `source` (of this file) and `url` (a source that the project has) says what it stands in. */
export type IncomingAnnotation = {
  key: string;
  source: string | null;
  url: string | null;
  /** UTF-16 units of the source's text; `null` where the words alone tell the place. */
  start: number | null;
  end: number | null;
  exact: string;
  prefix: string;
  suffix: string;
  motivation: Motivation;
  body: string | null;
  /** Keys of codes, or with `#` before it the name of one. */
  codes: string[];
  quote: QuoteDetails | null;
  creator: string;
  created: string | null;
};

export type IncomingClaim = {
  key: string;
  wording: string;
  status: string;
  confidence: Confidence | null;
  tags: string[];
  evidence: { key: string; annotation: string; stance: Stance; note: string | null }[];
};

export type IncomingNote = { key: string; title: string; paragraphs: string[] };

/** Nothing yet. */
export function nothingComing(): Incoming {
  return { codes: [], sources: [], annotations: [], claims: [], notes: [] };
}
