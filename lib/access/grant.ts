import type { Actor } from './actor';
import type { Role } from './roles';

declare const granted: unique symbol;

/**
 * Proof that the gate let this actor into this project. Only `server/access/authorize.ts` makes one;
 * every query asks for it, so forgetting to authorize is a type error.
 */
export type Grant = {
  readonly [granted]: true;
  readonly projectId: string;
  readonly actor: Actor;
  readonly role: Role;
};
