import type { Decision } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { Event } from '@/lib/events/event';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import type { Comment, Thread } from '@/lib/threads/thread';
import {
  type Draft,
  mergeAnnotation,
  mergeChips,
  mergeComment,
  mergeMember,
  mergeRevised,
  mergeThread,
} from './merge';
import { archivedAfter, projectAfter, roleAfter } from './project-state';
import { isSpeakerNews, mergeSpeaker, mergeSpeakerNews } from './speaker-news';

/** What a call answered with. */
export type Told = {
  annotations?: readonly Annotation[];
  codes?: readonly Code[];
  notes?: readonly Note[];
  claims?: readonly Claim[];
  followUps?: readonly FollowUp[];
  passes?: readonly Pass[];
  decisions?: readonly Decision[];
  sources?: readonly Source[];
  speakers?: readonly Speaker[];
  threads?: readonly Thread[];
  comments?: readonly Comment[];
};

/** Puts what a call answered with into a draft. */
export function mergeTold(draft: Draft, told: Told, at: number | null): void {
  for (const annotation of told.annotations ?? []) mergeAnnotation(draft, annotation, at);
  for (const code of told.codes ?? []) mergeRevised(draft, 'codes', code, at);
  for (const note of told.notes ?? []) mergeRevised(draft, 'notes', note, at);
  for (const claim of told.claims ?? []) mergeRevised(draft, 'claims', claim, at);
  for (const followUp of told.followUps ?? []) mergeRevised(draft, 'followUps', followUp, at);
  for (const pass of told.passes ?? []) mergeRevised(draft, 'passes', pass, at);
  for (const decision of told.decisions ?? []) mergeRevised(draft, 'decisions', decision, at);
  for (const source of told.sources ?? []) mergeRevised(draft, 'sources', source, at);
  for (const speaker of told.speakers ?? []) mergeSpeaker(draft, speaker, at);
  for (const thread of told.threads ?? []) mergeThread(draft, thread, at);
  for (const comment of told.comments ?? []) mergeComment(draft, comment);
}

/** Puts one thing that happened into a draft. */
export function mergeEvent(draft: Draft, event: Event): void {
  const { happening, id } = event;
  // Whole-project news has no revision: what an older event says about it no longer counts.
  const newest = id > draft.state.lastEventId;
  draft.state = { ...draft.state, lastEventId: Math.max(draft.state.lastEventId, id) };
  if (isSpeakerNews(happening)) {
    mergeSpeakerNews(draft, happening, id);
    return;
  }
  switch (happening.type) {
    case 'project.created':
    case 'project.restored':
    case 'project.updated':
      if (newest)
        draft.state = { ...draft.state, project: projectAfter(draft.state.project, happening.subject) };
      break;
    case 'project.archived':
    case 'project.unarchived':
      if (newest) draft.state = archivedAfter(draft.state, happening);
      break;
    case 'project.deleted':
      draft.state = {
        ...draft.state,
        connection: 'closed',
        closedBecause: 'This project was deleted.',
        ended: 'no-access',
      };
      break;
    case 'member.added':
    case 'member.updated':
      mergeMember(draft, happening.subject, id, false);
      if (newest && happening.subject.userId === draft.state.me.id)
        draft.state = roleAfter(draft.state, happening.subject.role);
      break;
    case 'member.removed':
      mergeMember(draft, happening.subject, id, true);
      break;
    case 'invitation.created':
    case 'invitation.revoked':
    case 'guest-link.created':
    case 'guest-link.revoked':
    case 'webhook.created':
    case 'webhook.updated':
    case 'webhook.deleted':
    case 'webhook.disabled':
    case 'source.watch-set':
    case 'source.watch-removed':
    case 'source.watch-stopped':
      break;
    case 'source.created':
    case 'source.updated':
    case 'source.deleted':
      mergeRevised(draft, 'sources', happening.subject, id);
      break;
    case 'source.version-created': {
      const { how: _, ...source } = happening.subject;
      mergeRevised(draft, 'sources', source, id);
      break;
    }
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded':
      for (const annotation of happening.subject.annotations) mergeAnnotation(draft, annotation, id);
      break;
    case 'annotation.updated': {
      const { from: _, ...annotation } = happening.subject;
      mergeAnnotation(draft, annotation, id);
      break;
    }
    case 'annotation.created':
    case 'annotation.deleted':
    case 'annotation.restored':
      mergeAnnotation(draft, happening.subject, id);
      break;
    case 'code.created':
    case 'code.updated':
    case 'code.moved':
    case 'code.deleted':
      mergeRevised(draft, 'codes', happening.subject, id);
      break;
    case 'code.restored':
    case 'code.merged':
    case 'code.unmerged':
    case 'code.split':
    case 'code.unsplit':
      for (const code of [happening.subject.code, ...happening.subject.codes])
        mergeRevised(draft, 'codes', code, id);
      break;
    case 'claim.updated': {
      const { did: _, ...claim } = happening.subject;
      mergeRevised(draft, 'claims', claim, id);
      break;
    }
    case 'claim.created':
    case 'claim.deleted':
    case 'claim.restored':
      mergeRevised(draft, 'claims', happening.subject, id);
      break;
    case 'follow-up.created':
    case 'follow-up.updated':
    case 'follow-up.deleted':
    case 'follow-up.restored':
      mergeRevised(draft, 'followUps', happening.subject, id);
      break;
    case 'pass.created':
    case 'pass.updated':
    case 'pass.deleted':
    case 'pass.restored':
    case 'pass.assigned':
    case 'pass.revealed':
      mergeRevised(draft, 'passes', happening.subject, id);
      break;
    case 'pass.progressed': {
      const { coderId: _, sourceId: __, state: ___, ...pass } = happening.subject;
      mergeRevised(draft, 'passes', pass, id);
      break;
    }
    case 'decision.made':
    case 'decision.updated':
    case 'decision.undone':
    case 'decision.restored':
    case 'decision.objected':
    case 'decision.settled':
      mergeRevised(draft, 'decisions', happening.subject, id);
      break;
    case 'pass.shown':
      mergeTold(draft, happening.subject, id);
      break;
    case 'claim-status.set':
      if (newest) draft.state = { ...draft.state, claimStatuses: happening.subject.statuses };
      break;
    case 'thread.created':
      mergeThread(draft, happening.subject, id);
      break;
    case 'thread.updated': {
      const { did: _, ...thread } = happening.subject;
      mergeThread(draft, thread, id);
      break;
    }
    case 'comment.created':
    case 'comment.updated':
    case 'comment.deleted':
    case 'comment.restored':
    case 'comment.reacted': {
      const { commentId: _, ...thread } = happening.subject;
      mergeThread(draft, thread, id);
      break;
    }
    case 'note.created':
    case 'note.updated':
    case 'note.deleted':
      mergeRevised(draft, 'notes', happening.subject, id);
      break;
    case 'note.edited': {
      const { annotationIds, authors: _, ...note } = happening.subject;
      mergeRevised(draft, 'notes', note, id);
      mergeChips(draft, note.id, annotationIds, id);
      break;
    }
    case 'note.signed-off':
    case 'note.unsigned':
    case 'note.query-frozen':
    case 'code.reviewed':
    case 'note.version-created':
    case 'note.version-updated':
      // Whoever shows a note's history or its sign-offs reads them anew.
      break;
  }
}
