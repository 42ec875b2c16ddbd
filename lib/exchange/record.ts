import type { AgreementRecord, Decision } from '../adjudication/decision';
import type { Annotation } from '../annotations/annotation';
import type { Claim } from '../claims/claim';
import type { ClaimStatus } from '../claims/status';
import type { Code } from '../codebook/code';
import type { NoteSignOff } from '../coverage/sign-off';
import type { FollowUp } from '../follow-ups/follow-up';
import type { Note } from '../notes/note';
import type { Pass } from '../passes/pass';
import type { PdfPlaces } from '../sources/pdf-places';
import type { Source } from '../sources/source';
import type { Speaker } from '../speakers/speaker';
import type { Thread } from '../threads/thread';
import type { Variable } from '../variables/variable';
import type { NoteNode } from './note-tree';

/** What a note says of a passage that stands in it. */
export type CitedPassage = {
  readonly exact: string;
  readonly speaker: string;
  readonly sourceId: string;
  /** With the page, where the source has pages. */
  readonly sourceTitle: string;
  /** Where a reader finds it; empty where the source has no address. */
  readonly url: string;
};

/** The file that a source was read from, with where its text stands on the pages. */
export type PdfFile = {
  readonly contentType: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly places: PdfPlaces;
};

/**
 * One thing of a project as its exporter may see it. They come in this order: the project, its people, codes, statuses, speakers,
 * variables, each source with its annotations behind it, claims, notes, threads, follow-ups, passes.
 */
export type ExportRecord =
  | {
      readonly kind: 'project';
      readonly id: string;
      readonly name: string;
      /** When the export was made (ISO 8601). */
      readonly exported: string;
      /** The address of the instance, without a slash at its end; empty where it is not known. */
      readonly base: string;
    }
  | { readonly kind: 'person'; readonly person: { id: string; name: string; email: string } }
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'status'; readonly status: ClaimStatus }
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  | {
      readonly kind: 'variable';
      readonly variable: Variable;
      readonly values: readonly { readonly subjectId: string; readonly value: string }[];
    }
  | {
      readonly kind: 'source';
      readonly source: Source;
      readonly text: string;
      /** How the text is laid out. */
      readonly html?: string;
      /** Reads the PDF that the text was read from; not there where there is none. One may be large: it is read when it is wanted. */
      readonly pdf?: () => Promise<PdfFile | null>;
    }
  | { readonly kind: 'annotation'; readonly annotation: Annotation }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | {
      readonly kind: 'note';
      readonly note: Note;
      readonly content: readonly NoteNode[];
      /** Its passages that may be seen, by annotation id. */
      readonly passages: Readonly<Record<string, CitedPassage>>;
      /** What the things it links to are called, by their ids. */
      readonly names: Readonly<Record<string, string>>;
      /** Sentences of it that somebody vouched for. */
      readonly signOffs?: readonly NoteSignOff[];
    }
  | { readonly kind: 'thread'; readonly thread: Thread }
  | { readonly kind: 'follow-up'; readonly followUp: FollowUp }
  | {
      readonly kind: 'pass';
      readonly pass: Pass;
      /** What was decided where its coders differ, and how far they agreed; while it is blind, for whoever leads it alone. */
      readonly decisions?: readonly Decision[];
      readonly agreement?: readonly AgreementRecord[];
    };

export type RecordOf<K extends ExportRecord['kind']> = Extract<ExportRecord, { kind: K }>;

/** Kinds that a reader may leave out, because nobody looks at them this time; without sources there are no annotations. */
export type Skipped = readonly ('source' | 'annotation' | 'claim' | 'note' | 'thread' | 'follow-up')[];
/** All that comes behind the marks; and the sources with their marks. */
export const BEHIND_MARKS: Skipped = ['claim', 'note', 'thread', 'follow-up'];
export const WITH_MARKS: Skipped = ['source', 'annotation'];

/** Reads a project's records from the first on; each call begins again, and finds the same. */
export type ReadRecords = (skip?: Skipped) => AsyncIterable<ExportRecord>;
