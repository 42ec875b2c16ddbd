import type { Event } from '../events/event';
import { can } from './can';
import { canSee } from './can-see';
import type { Grant } from './grant';

/** Whether the holder of this Grant may hear of this event: a live push and an entry of the log are reads like any other. */
export function canSeeEvent(grant: Pick<Grant, 'projectId' | 'role'>, event: Event): boolean {
  if (event.projectId !== grant.projectId) return false;
  const { happening } = event;
  switch (happening.type) {
    case 'invitation.created':
    case 'invitation.revoked':
      return can(grant.role, 'invitation.list');
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
      return canSee(grant, { projectId: event.projectId, creatorId: happening.subject.creator.id });
    default:
      return true;
  }
}
