'use client';
import { can } from '@/lib/access/can';
import type { Action } from '@/lib/access/roles';
import { useProject } from './project-context';

/** Whether whoever is at this page may do this in the open project now. */
export function useMay(action: Action): boolean {
  return useProject(
    ({ role, project, connection }) =>
      connection !== 'closed' && can(role, action, project.readersComment && project.archived === null),
  );
}
