import type { AgreementRecord, Decision } from '../adjudication/decision';
import type { Motivation } from '../annotations/annotation';
import type { QuoteDetails } from '../annotations/quote';
import type { Claim } from '../claims/claim';
import type { ClaimStatus } from '../claims/status';
import type { NoteSignOff } from '../coverage/sign-off';
import type { FollowUp } from '../follow-ups/follow-up';
import type { Pass } from '../passes/pass';
import type { Speaker } from '../speakers/speaker';
import type { Thread } from '../threads/thread';
import type { NewVariable } from '../variables/variable';
import type { NoteNode } from './note-tree';
import type { CitedPassage, PdfFile } from './record';

/** What a file holds, before anything is known of the project it comes into. Keys are the file's own, and stay its own. */
export type Incoming = {
  readonly codes: IncomingCode[];
  readonly sources: IncomingSource[];
  readonly annotations: IncomingAnnotation[];
  readonly notes: IncomingNote[];
  /** What a library says of sources that are here. */
  readonly items: IncomingItem[];
  /** These, our own format alone has; their ids are the file's. */
  readonly people: IncomingPerson[];
  readonly statuses: ClaimStatus[];
  readonly speakers: Speaker[];
  readonly variables: IncomingVariable[];
  readonly claims: Claim[];
  readonly threads: Thread[];
  readonly followUps: FollowUp[];
  readonly passes: IncomingPass[];
};

/** A round of coding with what was decided in it. */
export type IncomingPass = {
  readonly pass: Pass;
  readonly decisions: readonly Decision[];
  readonly agreement: readonly AgreementRecord[];
};

export type IncomingPerson = { readonly id: string; readonly name: string; readonly email: string };

export type IncomingVariable = NewVariable & {
  key: string;
  /** What each source or speaker, by its key, has of it. */
  values: { subject: string; value: string }[];
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
  /** Keys of marks that show what is meant, and of the note about it. */
  examples?: string[];
  memo?: string | null;
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
  /** How the text is laid out; taken where it is the layout of just this text. */
  html?: string;
  canonicalUrl?: string | null;
  /** Whether `html` is another program's: the text is read from it anew, and places are moved over the white space between them. */
  isForeign?: boolean;
  /** Keys of the sources that it takes its facts from. */
  derivesFrom?: string[];
  /** The file that the text was read from; taken where the text here is just this one. */
  pdf?: PdfFile;
};

/** What is said of a source that is known by one of these addresses, or by its title. */
export type IncomingItem = Pick<
  IncomingSource,
  'title' | 'byline' | 'siteName' | 'publishedAt' | 'language'
> & {
  known: readonly string[];
};

/** Exactly one of `source` (of this file) and `url` (a source that the project has) says what it stands in. */
export type IncomingAnnotation = {
  key: string;
  source: string | null;
  url: string | null;
  /** Other addresses of what it stands in, or what its title is known by. */
  alias?: readonly string[];
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
  /** The key of the person who made it, where the file has people. */
  creatorKey?: string;
  created: string | null;
  /** The round it was made in, and the coder it counts for where the file says one, by their keys. */
  pass?: { key: string; coder: string | null } | null;
};

/** A note: its document, with the words of what it names. */
export type IncomingNote = {
  key: string;
  title: string;
  /** The key of the source that it stands beside. */
  source: string | null;
  content: readonly NoteNode[];
  passages: Readonly<Record<string, CitedPassage>>;
  names: Readonly<Record<string, string>>;
  signOffs: readonly NoteSignOff[];
};

/** A note of plain paragraphs. */
export function plainNote(key: string, title: string, paragraphs: readonly string[]): IncomingNote {
  const content = paragraphs.map((text) => ({
    type: 'paragraph',
    ...(text !== '' && { content: [{ type: 'text', text }] }),
  }));
  return { key, title, source: null, content, passages: {}, names: {}, signOffs: [] };
}

/** Nothing yet. */
export function nothingComing(): Incoming {
  return {
    ...{
      codes: [],
      sources: [],
      annotations: [],
      notes: [],
      items: [],
      people: [],
      statuses: [],
      speakers: [],
    },
    ...{ variables: [], claims: [], threads: [], followUps: [], passes: [] },
  };
}
