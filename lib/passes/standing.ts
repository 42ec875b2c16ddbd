import type { Pass, PassCoder } from './pass';

/** Whether others' work in a pass is hidden still. */
export function isHiding(pass: Pick<Pass, 'kind' | 'revealed'>): boolean {
  return pass.kind === 'blind' && pass.revealed === null;
}

/** The coder that a member is in a pass. */
export function coderOf(pass: Pick<Pass, 'coders'>, userId: string): PassCoder | undefined {
  return pass.coders.find((coder) => coder.userId === userId);
}

const NOTHING: ReadonlySet<string> = new Set();

/** A pass as this person may know it: while it hides, of others only that they are in it, and nothing of sources that are withheld from them. */
export function passFor(userId: string, whole: Pass, withheld: ReadonlySet<string> = NOTHING): Pass {
  const pass = withheld.size === 0 ? whole : withoutSources(whole, withheld);
  if (!isHiding(pass) || pass.lead.id === userId) return pass;
  const mine = coderOf(pass, userId)?.id;
  return { ...pass, assignments: pass.assignments.filter(({ coderId }) => coderId === mine) };
}

function withoutSources(pass: Pass, withheld: ReadonlySet<string>): Pass {
  return {
    ...pass,
    sourceIds: pass.sourceIds.filter((id) => !withheld.has(id)),
    assignments: pass.assignments.filter(({ sourceId }) => !withheld.has(sourceId)),
  };
}
