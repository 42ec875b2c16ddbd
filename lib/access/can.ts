import { type Action, ALLOWED, READERS_COMMENT, type Role } from './roles';

/**
 * Whether a member with this role may do this inside their project, by the table in `roles.ts`. `readersComment` is that
 * project's setting.
 */
export function can(role: Role, action: Action, readersComment = false): boolean {
  const roles: readonly Role[] = ALLOWED[action];
  return roles.includes(role) || (role === 'reader' && readersComment && READERS_COMMENT.has(action));
}
