import type { Annotation } from '../annotations/annotation';
import type { Claim } from '../claims/claim';
import type { ClaimStatus } from '../claims/status';
import type { Code } from '../codebook/code';
import type { FollowUp } from '../follow-ups/follow-up';
import type { Member } from '../members/member';
import type { Note } from '../notes/note';
import type { Pass } from '../passes/pass';
import type { Project } from '../projects/project';
import type { Source } from '../sources/source';
import type { Speaker } from '../speakers/speaker';
import type { Thread } from '../threads/thread';

/** Lists that a large project is not shown whole of at first. */
export const LISTS_IN_PARTS = ['claims', 'followUps'] as const;
export type ListInParts = (typeof LISTS_IN_PARTS)[number];

/** A project as a page first shows it; everything after `lastEventId` comes over the live socket. */
export type ProjectSnapshot = {
  readonly me: { readonly id: string; readonly name: string };
  readonly project: Project;
  readonly members: readonly Member[];
  readonly sources: readonly Source[];
  readonly codes: readonly Code[];
  /** By the names everybody may see. */
  readonly speakers: readonly Speaker[];
  readonly notes: readonly Note[];
  readonly claims: readonly Claim[];
  readonly claimStatuses: readonly ClaimStatus[];
  readonly followUps: readonly FollowUp[];
  /** As the person may know them. */
  readonly passes: readonly Pass[];
  /** Where a list goes on that is not here whole: the cursor of its next page; `null` where this is all of it. */
  readonly rest: Readonly<Record<ListInParts, string | null>>;
  readonly lastEventId: number;
};

/** One source as the reader first shows it. `lastEventId` is read before the rest, so that no event is missed. */
export type SourceSnapshot = {
  readonly source: Source;
  readonly html: string;
  /** The version that `html` is of: a newer one may come while it is shown. */
  readonly version: number;
  /** Where its protected passages stand (UTF-16 units): blacked out for the reader, or theirs to read. */
  readonly protectedPassages: {
    readonly spans: readonly { readonly start: number; readonly end: number }[];
    readonly isRedacted: boolean;
  };
  readonly annotations: readonly Annotation[];
  readonly threads: readonly Thread[];
  /** The note beside the source. */
  readonly note: Note;
  readonly lastEventId: number;
};
