import type { Invitation } from '@/lib/members/member';

export type Standing = 'open' | 'revoked' | 'used-up' | 'expired';

/** Whether an invitation still lets people in at `now` (ms since 1970), or why not. */
export function standing(
  invitation: Pick<Invitation, 'revoked' | 'uses' | 'maxUses' | 'expires'>,
  now: number,
): Standing {
  if (invitation.revoked !== null) return 'revoked';
  if (invitation.uses >= invitation.maxUses) return 'used-up';
  return Date.parse(invitation.expires) <= now ? 'expired' : 'open';
}
