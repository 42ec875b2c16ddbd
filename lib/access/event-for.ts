import type { Event, Happening } from '../events/event';
import { marksIn } from '../events/marks-in';
import type { Pass } from '../passes/pass';
import { coderOf, passFor } from '../passes/standing';
import { can } from './can';
import { canSee, type Viewer as Sees } from './can-see';
import type { Grant } from './grant';
import type { Hidden } from './hidden';
import { withoutProtectedWords } from './without-protected-words';
import { withoutWithheld } from './without-withheld';

type Viewer = Sees & Pick<Grant, 'role'>;

/** An event of the log with what is hidden, now, of what it tells. */
export type Logged = { readonly event: Event; readonly hidden: Hidden };

/**
 * The event as the holder of this Grant may hear of it, `null` when they may not: a live push and an entry of the log are
 * reads like any other. Of an event about many annotations only those that they may see are left. What was hidden once is
 * judged as it is now: after the reveal the log tells of it.
 */
export function eventFor(grant: Viewer, { event, hidden }: Logged): Event | null {
  if (event.projectId !== grant.projectId) return null;
  const seen = happeningFor(grant, event.happening, hidden);
  const shown = seen && withoutWithheld(withoutSight(seen), keptFrom(grant, hidden.withheld));
  const happening = shown && withoutProtectedWords(shown, keptFrom(grant, hidden.redacted));
  if (happening === null) return null;
  return happening === event.happening ? event : { ...event, happening };
}

function happeningFor(grant: Viewer, happening: Happening, hidden: Hidden): Happening | null {
  switch (happening.type) {
    case 'invitation.created':
    case 'invitation.revoked':
      return can(grant.role, 'invitation.list') ? happening : null;
    case 'guest-link.created':
    case 'guest-link.revoked':
      return can(grant.role, 'guest-link.read') ? happening : null;
    case 'webhook.created':
    case 'webhook.updated':
    case 'webhook.deleted':
    case 'webhook.disabled':
      return can(grant.role, 'webhook.read') ? happening : null;
    case 'pass.created':
    case 'pass.updated':
    case 'pass.deleted':
    case 'pass.restored':
    case 'pass.assigned':
    case 'pass.progressed':
    case 'pass.revealed':
      return passHappeningFor(grant, happening, hidden);
    case 'decision.made':
    case 'decision.updated':
    case 'decision.undone':
    case 'decision.restored':
    case 'decision.objected':
    case 'decision.settled': {
      // While a pass hides, what is decided in it is its lead's alone to hear; of a protected passage, those who may read that.
      const lead = hidden.passes.get(happening.subject.passId);
      const secret = keptFrom(grant, hidden.withheld);
      if (happening.subject.codings.some(({ annotationId }) => secret.has(annotationId))) return null;
      return lead === undefined || lead === grant.actor.userId ? happening : null;
    }
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded': {
      const annotations = happening.subject.annotations.filter(({ id }) => isSeen(grant, id, hidden));
      if (annotations.length === 0) return null;
      if (annotations.length === happening.subject.annotations.length) return happening;
      return { ...happening, subject: { ...happening.subject, annotations } } as Happening;
    }
    default: {
      const secret = marksIn(happening).filter((id) => !isSeen(grant, id, hidden));
      return secret.length === 0 ? happening : without(happening, new Set(secret));
    }
  }
}

/** Who sees what is nobody's to hear. */
function withoutSight(happening: Happening): Happening {
  if (happening.type !== 'source.updated' || happening.subject.sight === undefined) return happening;
  const { sight: _, ...subject } = happening.subject;
  return { ...happening, subject };
}

/** Whether this person sees more or less of the project from an event on, so that an open page must begin anew. */
export function changesSightOf({ actor }: Pick<Viewer, 'actor'>, { event, hidden }: Logged): boolean {
  const { type, subject } = event.happening;
  // An owner is kept out of nothing, and whoever is one no longer may be.
  if (type === 'member.updated')
    return subject.userId === actor.userId && hidden.withheld.size + hidden.redacted.size > 0;
  return type === 'source.updated' && (subject.sight?.includes(actor.userId) ?? false);
}

function keptFrom(grant: Viewer, from: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const secret = new Set<string>();
  for (const [id, named] of from) if (!named.includes(grant.actor.userId)) secret.add(id);
  return secret;
}

function isSeen(grant: Viewer, markId: string, { marks }: Hidden): boolean {
  const { projectId } = grant;
  return canSee(grant, { projectId, creatorId: '', seenBy: marks.get(markId) ?? null });
}

/** What is left of a happening that tells of hidden marks; `null` where it is about nothing else. */
function without(happening: Happening, secret: ReadonlySet<string>): Happening | null {
  switch (happening.type) {
    case 'claim.created':
    case 'claim.updated':
    case 'claim.deleted':
    case 'claim.restored': {
      const evidence = happening.subject.evidence.filter(({ annotationId }) => !secret.has(annotationId));
      return { ...happening, subject: { ...happening.subject, evidence } } as Happening;
    }
    case 'note.edited': {
      const annotationIds = happening.subject.annotationIds.filter((id) => !secret.has(id));
      return { ...happening, subject: { ...happening.subject, annotationIds } };
    }
    case 'pass.shown': {
      const { id, annotations, threads, followUps } = happening.subject;
      const subject = {
        id,
        annotations: annotations.filter((mark) => !secret.has(mark.id)),
        threads: threads.filter(({ annotationId }) => !secret.has(annotationId ?? '')),
        followUps: followUps.filter(({ raisedBy }) => !secret.has(raisedBy?.annotationId ?? '')),
      };
      return subject.annotations.length === 0 ? null : { ...happening, subject };
    }
    default:
      return null;
  }
}

/** While a pass hides, nobody but its lead hears how far another coder is. */
function passHappeningFor(
  grant: Viewer,
  happening: Exclude<Extract<Happening, { type: `pass.${string}` }>, { type: 'pass.shown' }>,
  { passes }: Hidden,
): Happening | null {
  const { subject } = happening;
  const lead = passes.get(subject.id);
  const { userId } = grant.actor;
  if (lead === undefined || lead === userId) return happening;
  if (happening.type === 'pass.progressed' && coderOf(subject, userId)?.id !== happening.subject.coderId)
    return null;
  const hiding: Pass = { ...subject, revealed: null };
  const { assignments } = passFor(userId, { ...hiding, kind: 'blind', lead: { ...subject.lead, id: lead } });
  return { ...happening, subject: { ...subject, assignments } } as Happening;
}
