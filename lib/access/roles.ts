/** Roles of a project, strongest first. */
export const ROLES = ['owner', 'editor', 'annotator', 'reader'] as const;
export type Role = (typeof ROLES)[number];

/** Roles of a team. */
export const TEAM_ROLES = ['admin', 'member'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

const everyone = ['owner', 'editor', 'annotator', 'reader'] as const;
const markers = ['owner', 'editor', 'annotator'] as const;
const writers = ['owner', 'editor'] as const;
const owners = ['owner'] as const;

/** THE table: who may do what inside a project. Every door asks it; nothing else decides. */
export const ALLOWED = {
  'project.read': everyone,
  'project.update': owners,
  'project.delete': owners,
  'project.archive': owners,
  'project.import': writers,
  'membership.read': everyone,
  'member.list': everyone,
  'member.add': owners,
  'member.update': owners,
  'member.remove': owners,
  'member.leave': everyone,
  'invitation.list': owners,
  'invitation.create': owners,
  'invitation.revoke': owners,
  'guest-link.read': writers,
  'guest-link.create': writers,
  'guest-link.revoke': writers,
  'webhook.read': writers,
  'webhook.create': writers,
  'webhook.update-own': writers,
  'webhook.delete-own': writers,
  'webhook.delete-any': owners,
  'source.read': everyone,
  'source.create': writers,
  'source.update': writers,
  'source.delete': writers,
  'source.protect': writers,
  'source.unprotect': writers,
  'source-version.create': writers,
  'source-watch.set': writers,
  'source-watch.remove': writers,
  'source-origin.add': writers,
  'source-origin.remove': writers,
  'annotation.read': everyone,
  'annotation.create': markers,
  'annotation.update-own': markers,
  'annotation.update-any': writers,
  'annotation.delete-own': markers,
  'annotation.delete-any': writers,
  'target.decide-own': markers,
  'target.decide-any': writers,
  'speaker.read': everyone,
  'speaker.create': markers,
  'speaker.update': markers,
  'speaker.delete': writers,
  'speaker.restore': writers,
  'speaker.merge': writers,
  'speaker.protect': writers,
  'speaker.unprotect': writers,
  'quote.read': everyone,
  'code.read': everyone,
  'code.create': writers,
  'code.update': writers,
  'code.delete': writers,
  'claim.read': everyone,
  'claim.create': markers,
  'claim.update-own': markers,
  'claim.update-any': writers,
  'claim.delete-own': markers,
  'claim.delete-any': writers,
  'claim.sign-off': writers,
  'claim.unsign': writers,
  'evidence.create': markers,
  'evidence.update-own': markers,
  'evidence.update-any': writers,
  'evidence.remove-own': markers,
  'evidence.remove-any': writers,
  'claim-status.read': everyone,
  'claim-status.set': writers,
  'pass.read': everyone,
  'pass.create': writers,
  'pass.update': writers,
  'pass.delete': writers,
  'pass.assign': writers,
  'pass.reveal': writers,
  'pass.progress': markers,
  'decision.read': everyone,
  'decision.make': writers,
  'decision.object': markers,
  'follow-up.read': everyone,
  'follow-up.create': markers,
  'follow-up.update-own': markers,
  'follow-up.update-any': writers,
  'follow-up.delete-own': markers,
  'follow-up.delete-any': writers,
  'thread.read': everyone,
  'thread.create': markers,
  'thread.resolve': markers,
  'comment.create': markers,
  'comment.update-own': markers,
  'comment.delete-own': markers,
  'comment.delete-any': writers,
  'comment.react': markers,
  'note.read': everyone,
  'note.create': writers,
  'note.write': writers,
  'note.delete': writers,
  'note.sign-off': writers,
  'search.read': everyone,
  'saved-search.list': everyone,
  'saved-search.create': markers,
  'saved-search.update-own': markers,
  'saved-search.update-any': writers,
  'saved-search.delete-own': markers,
  'saved-search.delete-any': writers,
  'analysis.read': everyone,
  'analysis.save': markers,
  'analysis.update-any': writers,
  'analysis.delete-any': writers,
  'variable.read': everyone,
  'variable.create': writers,
  'variable.update': writers,
  'variable.delete': writers,
  'variable.set': markers,
  'contribution.read': everyone,
  'audit.read': owners,
  'event.read': everyone,
  'live.open': everyone,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ALLOWED;

/**
 * What an archived project still lets be done, by whom the table says: bringing it back, ending it, and ending what leaves it: somebody's
 * access, or what an address is told.
 * All else that changes something is refused to everybody.
 */
export const WHILE_ARCHIVED: ReadonlySet<Action> = new Set<Action>([
  'project.archive',
  'project.delete',
  'member.leave',
  'member.remove',
  'invitation.revoke',
  'webhook.delete-own',
  'guest-link.revoke',
]);

/** What members without a second factor may do in a project that asks for one: know that they are in, and leave. */
export const WITHOUT_FACTOR: ReadonlySet<Action> = new Set<Action>(['membership.read', 'member.leave']);

/** What readers may do besides in a project whose owners let them comment. */
export const READERS_COMMENT: ReadonlySet<Action> = new Set<Action>([
  'thread.create',
  'comment.create',
  'comment.update-own',
  'comment.delete-own',
  'comment.react',
]);
export const ACTIONS = Object.keys(ALLOWED) as Action[];

/** What a guest's link is for: saying something about what it shows, or only whether that is right. */
export const GUEST_MODES = ['comment', 'confirm'] as const;
export type GuestMode = (typeof GUEST_MODES)[number];

/** The same table for guests, who have no role: what each kind of link lets its guests do. They do nothing that is not here. */
export const GUESTS_ALLOWED = {
  'guest.read': GUEST_MODES,
  'guest.comment': ['comment'],
  'guest.confirm': ['confirm'],
} as const satisfies Record<string, readonly GuestMode[]>;
export type GuestAction = keyof typeof GUESTS_ALLOWED;

/** The role that counts: in an archived project everybody reads. */
export function standingRole(role: Role, isArchived: boolean): Role {
  return isArchived ? 'reader' : role;
}
