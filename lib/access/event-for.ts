import type { Event, Happening } from '../events/event';
import { can } from './can';
import { canSee } from './can-see';
import type { Grant } from './grant';

type Viewer = Pick<Grant, 'projectId' | 'role'>;

/**
 * The event as the holder of this Grant may hear of it, `null` when they may not: a live push and an entry of the log are
 * reads like any other. Of an event about many annotations only those that they may see are left.
 */
export function eventFor(grant: Viewer, event: Event): Event | null {
  if (event.projectId !== grant.projectId) return null;
  const happening = happeningFor(grant, event);
  if (happening === null) return null;
  return happening === event.happening ? event : { ...event, happening };
}

function happeningFor(grant: Viewer, { projectId, happening }: Event): Happening | null {
  switch (happening.type) {
    case 'invitation.created':
    case 'invitation.revoked':
      return can(grant.role, 'invitation.list') ? happening : null;
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
    case 'claim.created':
    case 'claim.updated':
    case 'claim.deleted':
    case 'claim.restored':
    case 'follow-up.created':
    case 'follow-up.updated':
    case 'follow-up.deleted':
    case 'follow-up.restored':
      return canSee(grant, { projectId, creatorId: happening.subject.creator.id }) ? happening : null;
    case 'thread.created':
    case 'thread.updated':
    case 'comment.created':
    case 'comment.updated':
    case 'comment.deleted':
    case 'comment.restored':
    case 'comment.reacted':
      return canSee(grant, { projectId, creatorId: happening.subject.targetCreatorId ?? '' })
        ? happening
        : null;
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded': {
      const annotations = happening.subject.annotations.filter(({ creator }) =>
        canSee(grant, { projectId, creatorId: creator.id }),
      );
      if (annotations.length === 0) return null;
      if (annotations.length === happening.subject.annotations.length) return happening;
      return { ...happening, subject: { ...happening.subject, annotations } } as Happening;
    }
    default:
      return happening;
  }
}
