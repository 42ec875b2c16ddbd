import { type Action, ALLOWED, type Role } from './roles';

/** Whether a member with this role may do this inside their project, by the table in `roles.ts`. */
export function can(role: Role, action: Action): boolean {
  const roles: readonly Role[] = ALLOWED[action];
  return roles.includes(role);
}
