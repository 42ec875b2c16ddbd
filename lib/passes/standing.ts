import type { Pass, PassCoder } from './pass';

/** Whether others' work in a pass is hidden still. */
export function isHiding(pass: Pick<Pass, 'kind' | 'revealed'>): boolean {
  return pass.kind === 'blind' && pass.revealed === null;
}

/** The coder that a member is in a pass. */
export function coderOf(pass: Pick<Pass, 'coders'>, userId: string): PassCoder | undefined {
  return pass.coders.find((coder) => coder.userId === userId);
}

/** A pass as this person may know it: while it hides, of others only that they are in it. */
export function passFor(userId: string, pass: Pass): Pass {
  if (!isHiding(pass) || pass.lead.id === userId) return pass;
  const mine = coderOf(pass, userId)?.id;
  return { ...pass, assignments: pass.assignments.filter(({ coderId }) => coderId === mine) };
}
