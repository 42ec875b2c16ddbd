import { describe, expect, it } from 'vitest';
import { can } from '@/lib/access/can';
import { ACTIONS, type Action, ROLES, type Role } from '@/lib/access/roles';

/**
 * Who may do what, written out by hand from what the product promises, on purpose not made from the table in
 * `lib/access/roles.ts`: owner, editor, annotator, reader. A new action is added here by whoever decides about it.
 */
const TABLE: Record<Action, string> = {
  //                        owner editor annotator reader
  'project.read': /*         */ 'yes yes yes yes',
  'project.update': /*       */ 'yes no  no  no',
  'project.delete': /*       */ 'yes no  no  no',
  'project.archive': /*      */ 'yes no  no  no',
  'project.import': /*       */ 'yes yes no  no',
  'membership.read': /*      */ 'yes yes yes yes',
  'member.list': /*          */ 'yes yes yes yes',
  'member.add': /*           */ 'yes no  no  no',
  'member.update': /*        */ 'yes no  no  no',
  'member.remove': /*        */ 'yes no  no  no',
  'member.leave': /*         */ 'yes yes yes yes',
  'invitation.list': /*      */ 'yes no  no  no',
  'invitation.create': /*    */ 'yes no  no  no',
  'invitation.revoke': /*    */ 'yes no  no  no',
  'guest-link.read': /*      */ 'yes yes no  no',
  'guest-link.create': /*    */ 'yes yes no  no',
  'guest-link.revoke': /*    */ 'yes yes no  no',
  'webhook.read': /*         */ 'yes yes no  no',
  'webhook.create': /*       */ 'yes yes no  no',
  'webhook.update-own': /*   */ 'yes yes no  no',
  'webhook.delete-own': /*   */ 'yes yes no  no',
  'webhook.delete-any': /*   */ 'yes no  no  no',
  'source.read': /*          */ 'yes yes yes yes',
  'source.create': /*        */ 'yes yes no  no',
  'source.update': /*        */ 'yes yes no  no',
  'source.delete': /*        */ 'yes yes no  no',
  'source.protect': /*       */ 'yes yes no  no',
  'source.unprotect': /*     */ 'yes yes no  no',
  'source-version.create': /**/ 'yes yes no  no',
  'source-watch.set': /*     */ 'yes yes no  no',
  'source-watch.remove': /*  */ 'yes yes no  no',
  'source-origin.add': /*    */ 'yes yes no  no',
  'source-origin.remove': /* */ 'yes yes no  no',
  'annotation.read': /*      */ 'yes yes yes yes',
  'annotation.create': /*    */ 'yes yes yes no',
  'annotation.update-own': /**/ 'yes yes yes no',
  'annotation.update-any': /**/ 'yes yes no  no',
  'annotation.delete-own': /**/ 'yes yes yes no',
  'annotation.delete-any': /**/ 'yes yes no  no',
  'target.decide-own': /*    */ 'yes yes yes no',
  'target.decide-any': /*    */ 'yes yes no  no',
  'speaker.read': /*         */ 'yes yes yes yes',
  'speaker.create': /*       */ 'yes yes yes no',
  'speaker.update': /*       */ 'yes yes yes no',
  'speaker.delete': /*       */ 'yes yes no  no',
  'speaker.restore': /*      */ 'yes yes no  no',
  'speaker.merge': /*        */ 'yes yes no  no',
  'speaker.protect': /*      */ 'yes yes no  no',
  'speaker.unprotect': /*    */ 'yes yes no  no',
  'quote.read': /*           */ 'yes yes yes yes',
  'code.read': /*            */ 'yes yes yes yes',
  'code.create': /*          */ 'yes yes no  no',
  'code.update': /*          */ 'yes yes no  no',
  'code.delete': /*          */ 'yes yes no  no',
  'claim.read': /*           */ 'yes yes yes yes',
  'claim.create': /*         */ 'yes yes yes no',
  'claim.update-own': /*     */ 'yes yes yes no',
  'claim.update-any': /*     */ 'yes yes no  no',
  'claim.delete-own': /*     */ 'yes yes yes no',
  'claim.delete-any': /*     */ 'yes yes no  no',
  'claim.sign-off': /*       */ 'yes yes no  no',
  'note.sign-off': /*        */ 'yes yes no  no',
  'claim.unsign': /*         */ 'yes yes no  no',
  'evidence.create': /*      */ 'yes yes yes no',
  'evidence.update-own': /*  */ 'yes yes yes no',
  'evidence.update-any': /*  */ 'yes yes no  no',
  'evidence.remove-own': /*  */ 'yes yes yes no',
  'evidence.remove-any': /*  */ 'yes yes no  no',
  'claim-status.read': /*    */ 'yes yes yes yes',
  'claim-status.set': /*     */ 'yes yes no  no',
  'pass.read': /*            */ 'yes yes yes yes',
  'pass.create': /*          */ 'yes yes no  no',
  'pass.update': /*          */ 'yes yes no  no',
  'pass.delete': /*          */ 'yes yes no  no',
  'pass.assign': /*          */ 'yes yes no  no',
  'pass.reveal': /*          */ 'yes yes no  no',
  'pass.progress': /*        */ 'yes yes yes no',
  'decision.read': /*        */ 'yes yes yes yes',
  'decision.make': /*        */ 'yes yes no  no',
  'decision.object': /*      */ 'yes yes yes no',
  'follow-up.read': /*       */ 'yes yes yes yes',
  'follow-up.create': /*     */ 'yes yes yes no',
  'follow-up.update-own': /* */ 'yes yes yes no',
  'follow-up.update-any': /* */ 'yes yes no  no',
  'follow-up.delete-own': /* */ 'yes yes yes no',
  'follow-up.delete-any': /* */ 'yes yes no  no',
  'thread.read': /*          */ 'yes yes yes yes',
  'thread.create': /*        */ 'yes yes yes no',
  'thread.resolve': /*       */ 'yes yes yes no',
  'comment.create': /*       */ 'yes yes yes no',
  'comment.update-own': /*   */ 'yes yes yes no',
  'comment.delete-own': /*   */ 'yes yes yes no',
  'comment.delete-any': /*   */ 'yes yes no  no',
  'comment.react': /*        */ 'yes yes yes no',
  'note.read': /*            */ 'yes yes yes yes',
  'note.create': /*          */ 'yes yes no  no',
  'note.write': /*           */ 'yes yes no  no',
  'note.delete': /*          */ 'yes yes no  no',
  'search.read': /*          */ 'yes yes yes yes',
  'saved-search.list': /*    */ 'yes yes yes yes',
  'saved-search.create': /*  */ 'yes yes yes no',
  'saved-search.update-own': /**/ 'yes yes yes no',
  'saved-search.update-any': /**/ 'yes yes no  no',
  'saved-search.delete-own': /**/ 'yes yes yes no',
  'saved-search.delete-any': /**/ 'yes yes no  no',
  'analysis.read': /*        */ 'yes yes yes yes',
  'analysis.save': /*        */ 'yes yes yes no',
  'analysis.update-any': /*  */ 'yes yes no  no',
  'analysis.delete-any': /*  */ 'yes yes no  no',
  'variable.read': /*        */ 'yes yes yes yes',
  'variable.create': /*      */ 'yes yes no  no',
  'variable.update': /*      */ 'yes yes no  no',
  'variable.delete': /*      */ 'yes yes no  no',
  'variable.set': /*         */ 'yes yes yes no',
  'contribution.read': /*    */ 'yes yes yes yes',
  'audit.read': /*           */ 'yes no  no  no',
  'event.read': /*           */ 'yes yes yes yes',
  'live.open': /*            */ 'yes yes yes yes',
};

const saidOf = (action: Action, role: Role) =>
  TABLE[action].split(/\s+/)[['owner', 'editor', 'annotator', 'reader'].indexOf(role)];

describe('The table of roles', () => {
  it('has the roles and the actions that were decided on, and no others', () => {
    expect([...ROLES].sort()).toEqual(['annotator', 'editor', 'owner', 'reader']);
    expect([...ACTIONS].sort()).toEqual(Object.keys(TABLE).sort());
  });

  it.each(ACTIONS)('%s is for whom it was decided', (action) => {
    for (const role of ROLES) expect(can(role, action) ? 'yes' : 'no', role).toBe(saidOf(action, role));
  });

  it('lets a reader comment where the project says so, and do nothing else besides', () => {
    const besides = ACTIONS.filter((action) => can('reader', action, true) && !can('reader', action));
    expect(besides.sort()).toEqual([
      'comment.create',
      'comment.delete-own',
      'comment.react',
      'comment.update-own',
      'thread.create',
    ]);
    for (const role of ['owner', 'editor', 'annotator'] as const)
      for (const action of ACTIONS) expect(can(role, action, true), action).toBe(can(role, action));
  });

  it('gives a stronger role everything that a weaker one has', () => {
    for (const action of ACTIONS) {
      const allowed = ROLES.map((role) => can(role, action));
      expect(allowed, action).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)));
    }
  });
});
