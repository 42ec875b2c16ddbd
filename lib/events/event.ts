import { z } from 'zod';
import { Decision } from '../adjudication/decision';
import { FrozenAnalysis, SavedAnalysis } from '../analysis/analysis';
import { Annotation, Person } from '../annotations/annotation';
import { DECISIONS, Passage } from '../annotations/target';
import { Claim, ClaimDeed } from '../claims/claim';
import { ClaimStatus } from '../claims/status';
import { Code } from '../codebook/code';
import { NoteSignOff } from '../coverage/sign-off';
import { FollowUp } from '../follow-ups/follow-up';
import { GuestLink } from '../guests/guest-link';
import { Id } from '../ids';
import { Invitation, Member } from '../members/member';
import { Note } from '../notes/note';
import { NoteVersion } from '../notes/version';
import { Pass, Progress } from '../passes/pass';
import { FrozenQuery } from '../search/frozen-query';
import { SOURCE_DEEDS } from '../sources/protection';
import { Source } from '../sources/source';
import { How } from '../sources/version';
import { SourceWatch } from '../sources/watch';
import { Speaker } from '../speakers/speaker';
import { THREAD_DEEDS, Thread } from '../threads/thread';
import { VARIABLE_OF, Variable } from '../variables/variable';

const what = <T extends string, S extends z.ZodType>(type: T, subject: S) =>
  z.object({ type: z.literal(type), subject });

/** What was done to a code together with `other`, the further codes that it moved, and how many codings went over. */
const CodeDeed = z.object({
  id: Id,
  code: Code,
  other: Code.nullable(),
  codes: z.array(Code),
  moved: z.int().min(0),
});

/** A webhook as the log tells of it: its address is a secret itself. */
const WebhookSubject = z.object({ id: Id, host: z.string(), events: z.array(z.string()), maker: Person });

const ProjectSubject = z.object({ id: Id, name: z.string() });

/** Everything that can happen in a project; the subject is the thing as it stood right afterwards. */
export const Happening = z.discriminatedUnion('type', [
  what('project.created', z.object({ id: Id, name: z.string() })),
  what(
    'project.updated',
    z.object({
      id: Id,
      name: z.string(),
      readersComment: z.boolean().optional(),
      secondFactor: z.boolean().optional(),
    }),
  ),
  what('project.deleted', ProjectSubject),
  what('project.restored', ProjectSubject),
  /** From here on it can be read only, until it is brought back. */
  what('project.archived', ProjectSubject.extend({ archived: z.iso.datetime() })),
  what('project.unarchived', ProjectSubject),
  what('member.added', Member),
  what('member.updated', Member),
  what('member.removed', Member),
  what('invitation.created', Invitation.omit({ url: true })),
  what('invitation.revoked', Invitation.omit({ url: true })),
  /** A link for guests; the link itself is only shown to whoever makes it. */
  what('guest-link.created', GuestLink.omit({ url: true })),
  what('guest-link.revoked', GuestLink.omit({ url: true })),
  what('webhook.created', WebhookSubject),
  what('webhook.updated', WebhookSubject),
  what('webhook.deleted', WebhookSubject),
  /** It ended by itself; `because` says why. */
  what('webhook.disabled', WebhookSubject.extend({ because: z.string() })),
  what('source.created', Source),
  /** `did`: what became of its protection, where that is what changed. */
  what(
    'source.updated',
    // `sight`: the members who see more or less of the project by it. `eventFor` tells that to nobody.
    Source.extend({ did: z.enum(SOURCE_DEEDS).optional(), sight: z.array(Id).optional() }),
  ),
  what('source.deleted', Source),
  /** The source as it is with its new version; what became of its marks follows in events of its own. */
  what('source.version-created', Source.extend({ how: How })),
  /** Marks of a source (`id`) that came to a version with it, as they are now; a version tells of them in several of these. */
  what(
    'source.targets-carried',
    z.object({ id: Id, from: z.int().min(1), to: z.int().min(1), annotations: z.array(Annotation) }),
  ),
  /** The places of marks of a source (`id`) were decided, or opened again; the marks as they are now. */
  what(
    'source.targets-decided',
    z.object({
      id: Id,
      version: z.int().min(1),
      decision: z.enum(DECISIONS),
      annotations: z.array(Annotation),
    }),
  ),
  what('source.watch-set', SourceWatch),
  what('source.watch-removed', SourceWatch),
  /** The watch ended by itself; `stopped` says why. */
  what('source.watch-stopped', SourceWatch),
  what('annotation.created', Annotation),
  /** `from`, where the change moved the mark: where it stood before. */
  what(
    'annotation.updated',
    Annotation.extend({ from: Passage.extend({ version: z.int().min(1) }).optional() }),
  ),
  what('annotation.deleted', Annotation),
  what('annotation.restored', Annotation),
  /** The speaker as everybody may see them; a protected one by their pseudonym. */
  what('speaker.created', Speaker),
  what('speaker.updated', Speaker),
  what('speaker.deleted', Speaker),
  what('speaker.restored', Speaker),
  /** The one who stays; `mergedId` was found to be the same. */
  what('speaker.merged', Speaker.extend({ mergedId: Id })),
  /** Somebody who was thought to be another (`fromId`), as they are again by themselves. */
  what('speaker.separated', Speaker.extend({ fromId: Id })),
  what('code.created', Code),
  what('code.updated', Code),
  what('code.moved', Code),
  what('code.deleted', Code),
  what('code.restored', CodeDeed),
  /** A code went into another (`other`), or came back out; its marks follow in `code.recoded`. */
  what('code.merged', CodeDeed),
  what('code.unmerged', CodeDeed),
  /** A code was split from another (`other`), or put back into it. */
  what('code.split', CodeDeed),
  what('code.unsplit', CodeDeed),
  /** Marks whose codes a merge or a split (of the code `id`) changed, as they are now; there may be several of these. */
  what('code.recoded', z.object({ id: Id, annotations: z.array(Annotation) })),
  /** Codings were found to hold under what the code says now. */
  what(
    'code.reviewed',
    z.object({ id: Id, name: z.string(), version: z.int().min(1), confirmed: z.int().min(1) }),
  ),
  what('claim.created', Claim),
  /** `did`: what happened to it; one sentence of the feed, and the history of sign-offs, hang on it. */
  what('claim.updated', Claim.extend({ did: ClaimDeed.optional() })),
  what('claim.deleted', Claim),
  what('claim.restored', Claim),
  /** All statuses of the project (`id`) as they are now. */
  what('claim-status.set', z.object({ id: Id, statuses: z.array(ClaimStatus) })),
  what('pass.created', Pass),
  what('pass.updated', Pass),
  what('pass.deleted', Pass),
  what('pass.restored', Pass),
  /** Who codes what is another now. */
  what('pass.assigned', Pass),
  /** A coder (`coderId`) is at another state with a source. */
  what('pass.progressed', Pass.extend({ coderId: Id, sourceId: Id, state: Progress })),
  /** What hid in it is everybody's to see; the marks follow in `pass.shown`. */
  what('pass.revealed', Pass),
  /** Marks of a pass (`id`), and what hangs on them, that may be seen by more people from now on. */
  what(
    'pass.shown',
    z.object({
      id: Id,
      annotations: z.array(Annotation),
      threads: z.array(Thread),
      followUps: z.array(FollowUp),
    }),
  ),
  what('decision.made', Decision),
  what('decision.updated', Decision),
  what('decision.undone', Decision),
  what('decision.restored', Decision),
  /** A coder objected, or that was dealt with. */
  what('decision.objected', Decision),
  what('decision.settled', Decision),
  what('follow-up.created', FollowUp),
  what('follow-up.updated', FollowUp),
  what('follow-up.deleted', FollowUp),
  what('follow-up.restored', FollowUp),
  what('thread.created', Thread),
  /** `did`: what became of it; one sentence of the feed hangs on it. */
  what('thread.updated', Thread.extend({ did: z.enum(THREAD_DEEDS).optional() })),
  /** The thread with the comment that was made, changed, deleted, brought back or reacted to. */
  what('comment.created', Thread.extend({ commentId: Id.optional() })),
  what('comment.updated', Thread.extend({ commentId: Id })),
  what('comment.deleted', Thread.extend({ commentId: Id })),
  what('comment.restored', Thread.extend({ commentId: Id })),
  what('comment.reacted', Thread.extend({ commentId: Id })),
  what('note.created', Note),
  what('note.updated', Note),
  what('note.deleted', Note),
  /** The note's text came to rest; `annotationIds` are the quote chips it now holds, `authors` who wrote. */
  what('note.edited', Note.extend({ annotationIds: z.array(Id), authors: z.array(Person).optional() })),
  /** Somebody vouched for a sentence of a note (`noteId`), or took that back. */
  what('note.signed-off', NoteSignOff),
  what('note.unsigned', NoteSignOff),
  /** What a search found was kept for a note; the places themselves are read where it stands. */
  what('note.query-frozen', FrozenQuery.omit({ items: true })),
  /** What an analysis said was kept for a note; its table is read where it stands. */
  what('note.analysis-frozen', FrozenAnalysis.omit({ table: true })),
  what('analysis.saved', SavedAnalysis),
  what('analysis.updated', SavedAnalysis),
  what('analysis.deleted', SavedAnalysis),
  what('analysis.restored', SavedAnalysis),
  what('variable.created', Variable),
  what('variable.updated', Variable),
  what('variable.deleted', Variable),
  what('variable.restored', Variable),
  /** A source or speaker (`id`) has another value of a variable; which one is read where it stands. */
  what('variable.value-set', z.object({ id: Id, variableId: Id, name: z.string(), of: z.enum(VARIABLE_OF) })),
  what('note.version-created', NoteVersion),
  what('note.version-updated', NoteVersion),
]);
export type Happening = z.infer<typeof Happening>;
export type EventType = Happening['type'];

/** One thing that happened, in order. `id` grows in commit order within a project: nothing is missed after it. */
export const Event = z.object({
  id: z.int().positive(),
  projectId: Id,
  at: z.iso.datetime(),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  happening: Happening,
});
export type Event = z.infer<typeof Event>;
