import type { Annotation } from '../annotations/annotation';
import type { Claim } from '../claims/claim';
import type { ClaimStatus } from '../claims/status';
import type { Code } from '../codebook/code';
import type { FollowUp } from '../follow-ups/follow-up';
import type { Note } from '../notes/note';
import type { Source } from '../sources/source';
import type { Speaker } from '../speakers/speaker';
import type { Thread } from '../threads/thread';
import type { NoteNode } from './note-tree';

/** What a note says of a passage that stands in it. */
export type CitedPassage = {
  readonly exact: string;
  readonly speaker: string;
  readonly sourceId: string;
  readonly sourceTitle: string;
  /** Where a reader finds it; empty where the source has no address. */
  readonly url: string;
};

/**
 * One thing of a project as its exporter may see it. They come in this order: the project, codes, statuses, speakers, each
 * source with its annotations behind it, claims, notes, threads, follow-ups.
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
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'status'; readonly status: ClaimStatus }
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  | {
      readonly kind: 'source';
      readonly source: Source;
      readonly text: string;
      /** How the text is laid out. */
      readonly html?: string;
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
    }
  | { readonly kind: 'thread'; readonly thread: Thread }
  | { readonly kind: 'follow-up'; readonly followUp: FollowUp };

export type RecordOf<K extends ExportRecord['kind']> = Extract<ExportRecord, { kind: K }>;

/** Kinds that a reader may leave out, because nobody looks at them this time; without sources there are no annotations. */
export type Skipped = readonly ('source' | 'annotation')[];

/** Reads a project's records from the first on; each call begins again, and finds the same. */
export type ReadRecords = (skip?: Skipped) => AsyncIterable<ExportRecord>;
