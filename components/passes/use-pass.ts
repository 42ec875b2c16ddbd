'use client';
import { can } from '@/lib/access/can';
import type { Pass, PassAssignment } from '@/lib/passes/pass';
import { coderOf, isHiding } from '@/lib/passes/standing';
import { useProject } from '../live/project-context';
import { useStored } from '../ui/use-stored';

/** A pass in which the person at this page codes a source. */
export type Coding = { readonly pass: Pass; readonly assignment: PassAssignment };

/** The passes in which a person codes a source, those that are not done first. */
export function codingsOf(passes: Iterable<Pass>, userId: string, sourceId: string): Coding[] {
  const found: Coding[] = [];
  for (const pass of passes) {
    const coder = coderOf(pass, userId);
    const assignment = pass.assignments.find((one) => one.coderId === coder?.id && one.sourceId === sourceId);
    if (assignment !== undefined) found.push({ pass, assignment });
  }
  return found.sort((a, b) => Number(a.assignment.state === 'done') - Number(b.assignment.state === 'done'));
}

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * The pass that the person at this page codes a source in, if any; `all` where they may choose among several. Marks that are
 * made now belong to `passId`: none where they are done.
 */
export function usePass(sourceId: string) {
  const { passes, me, role } = useProject((state) => ({
    passes: state.passes,
    me: state.me.id,
    role: state.role,
  }));
  const [wanted, choose] = useStored<string>(`gloss.pass.${sourceId}`, '', isText);
  const all = can(role, 'annotation.create') ? codingsOf(passes.values(), me, sourceId) : [];
  const coding = all.find(({ pass }) => pass.id === wanted) ?? all[0] ?? null;
  const isCoding = coding !== null && coding.assignment.state !== 'done';
  return {
    all,
    coding,
    choose,
    passId: isCoding ? coding.pass.id : null,
    isHidden: isCoding && isHiding(coding.pass),
  };
}
