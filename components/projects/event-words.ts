import { plainStatement } from '@/lib/coverage/signed-text';
import type { Event } from '@/lib/events/event';
import { analysisWords, webhookWords } from './analysis-words';
import {
  annotationWords,
  claimWords,
  codeWords,
  decisionWords,
  type EventWords,
  followUpWords,
  type Names,
  noteHref,
  passWords,
  projectWords,
  speakerWords,
  targetWords,
  threadWords,
  told,
  versionWords,
  watchWords,
  words,
} from './noun-words';

/** Puts an event into words. */
export function eventWords(
  event: Pick<Event, 'projectId' | 'actor' | 'happening'>,
  names: Names,
): EventWords {
  const root = `/projects/${event.projectId}`;
  const { happening } = event;
  switch (happening.type) {
    case 'project.created':
      return words('started the project', happening.subject.name, root);
    case 'project.updated':
      return projectWords(root, happening.subject);
    case 'project.archived':
      return words('archived the project', happening.subject.name, root);
    case 'project.unarchived':
      return words('brought the project back from the archive', happening.subject.name, root);
    case 'project.restored':
      return words('restored the project', happening.subject.name, root);
    case 'project.deleted':
      return words('deleted the project', happening.subject.name);
    case 'member.added':
      if (happening.subject.userId === event.actor.id)
        return words('joined', null, null, `as ${happening.subject.role}`);
      return words('added', happening.subject.name, `${root}/members`, `as ${happening.subject.role}`);
    case 'member.updated':
      return words('gave', happening.subject.name, `${root}/members`, `the role ${happening.subject.role}`);
    case 'member.removed':
      if (happening.subject.userId === event.actor.id) return words('left the project');
      return words('took', happening.subject.name, null, 'out of the project');
    case 'invitation.created':
      return words('made an invitation link for the role', happening.subject.role);
    case 'invitation.revoked':
      return words('revoked an invitation link for the role', happening.subject.role);
    case 'guest-link.created':
      return words('made a guest link to', happening.subject.title, `${root}/members`);
    case 'guest-link.revoked':
      return words('ended a guest link to', happening.subject.title, `${root}/members`);
    case 'source.created':
      return words('brought in', happening.subject.title, `${root}/sources/${happening.subject.id}`);
    case 'source.updated':
      return words(
        CHANGED[happening.subject.did ?? 'details'],
        happening.subject.title,
        `${root}/sources/${happening.subject.id}`,
      );
    case 'source.version-created':
      return words(
        happening.subject.how === 'correction' ? 'corrected the text of' : 'brought in a new version of',
        happening.subject.title,
        `${root}/sources/${happening.subject.id}`,
      );
    case 'source.targets-carried':
    case 'source.targets-decided':
      return targetWords(root, happening, names);
    case 'source.watch-set':
    case 'source.watch-removed':
    case 'source.watch-stopped':
      return watchWords(root, happening, names);
    case 'source.deleted':
      return words('removed the source', happening.subject.title);
    case 'code.created':
    case 'code.updated':
    case 'code.moved':
    case 'code.deleted':
    case 'code.restored':
    case 'code.merged':
    case 'code.unmerged':
    case 'code.split':
    case 'code.unsplit':
    case 'code.recoded':
    case 'code.reviewed':
      return codeWords(root, happening);
    case 'speaker.created':
    case 'speaker.updated':
    case 'speaker.deleted':
    case 'speaker.restored':
    case 'speaker.merged':
    case 'speaker.separated':
      return speakerWords(root, happening);
    case 'note.created':
      return words('started the note', happening.subject.title, noteHref(root, happening.subject));
    case 'note.updated':
      return words('renamed a note to', happening.subject.title, noteHref(root, happening.subject));
    case 'note.edited':
      return words('wrote in', happening.subject.title, noteHref(root, happening.subject));
    case 'note.deleted':
      return words('removed the note', happening.subject.title);
    case 'note.version-created':
    case 'note.version-updated':
      return versionWords(happening);
    case 'note.signed-off':
    case 'note.unsigned':
      return words(
        happening.type === 'note.signed-off' ? 'signed off' : 'no longer vouches for',
        'a sentence',
        `${root}/notes/${happening.subject.noteId}`,
        `“${told(plainStatement(happening.subject.statement))}”`,
      );
    case 'note.query-frozen':
      return words(
        'froze a search in',
        'a note',
        `${root}/notes/${happening.subject.noteId}`,
        happening.subject.q,
      );
    case 'note.analysis-frozen':
    case 'analysis.saved':
    case 'analysis.updated':
    case 'analysis.deleted':
    case 'analysis.restored':
    case 'variable.created':
    case 'variable.updated':
    case 'variable.deleted':
    case 'variable.restored':
    case 'variable.value-set':
      return analysisWords(root, happening);
    case 'webhook.created':
    case 'webhook.updated':
    case 'webhook.deleted':
    case 'webhook.disabled':
      return webhookWords(root, happening);
    case 'claim.created':
    case 'claim.updated':
    case 'claim.deleted':
    case 'claim.restored':
      return claimWords(root, happening);
    case 'follow-up.created':
    case 'follow-up.updated':
    case 'follow-up.deleted':
    case 'follow-up.restored':
      return followUpWords(root, happening);
    case 'pass.created':
    case 'pass.updated':
    case 'pass.deleted':
    case 'pass.restored':
    case 'pass.assigned':
    case 'pass.progressed':
    case 'pass.revealed':
      return passWords(root, happening, names);
    case 'decision.made':
    case 'decision.updated':
    case 'decision.undone':
    case 'decision.restored':
    case 'decision.objected':
    case 'decision.settled':
      return decisionWords(root, happening, names);
    case 'pass.shown':
      return words('showed what was made in a pass', null, `${root}/passes/${happening.subject.id}`);
    case 'claim-status.set':
      return words('set the statuses of claims', null, `${root}/claims`);
    case 'thread.created':
    case 'thread.updated':
    case 'comment.created':
    case 'comment.updated':
    case 'comment.deleted':
    case 'comment.restored':
    case 'comment.reacted':
      return threadWords(happening, names);
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
      return annotationWords(root, happening, names);
  }
}

/** Whether the feed tells of an event: that a note is kept as it goes, or what a version brought with it, is no news. */
export function isNews({ happening }: Pick<Event, 'happening'>): boolean {
  if (happening.type === 'source.targets-carried' || happening.type === 'comment.reacted') return false;
  if (happening.type === 'pass.shown') return false;
  return happening.type !== 'note.version-created' || happening.subject.kind !== 'auto';
}

const CHANGED = {
  details: 'changed the details of',
  protected: 'changed who may see',
  unprotected: 'ended the protection of',
  opened: 'ended the embargo of',
} as const;
