import { can } from './can';
import { type Action, ALLOWED, type Role } from './roles';

/** Why a member with this role may not do this, in one sentence for the person; `null` when they may. */
export function whyNot(role: Role, action: Action): string | null {
  if (can(role, action)) return null;
  const allowed = ALLOWED[action].map((each) => `${each}s`);
  const last = allowed.at(-1);
  const who = allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} and ${last}` : last;
  // A reader's role, or an archived project, where everybody reads.
  if (role === 'reader') return `Only ${who} can do this; here you can only read.`;
  return `Only ${who} can do this; you are ${/^[aeo]/.test(role) ? 'an' : 'a'} ${role} here.`;
}
