'use client';
import { useEffect } from 'react';
import { CallError, call } from '../ui/http';

const told = (error: unknown) => console.warn('Nothing was kept that could be wiped:', error);

/** On a page for nobody: what was kept for reading goes; changes that were not sent wait for their person. */
export function ForgetReading() {
  useEffect(() => {
    import('./kept').then(({ forgetReading }) => forgetReading(null)).catch(told);
  }, []);
  return null;
}

/** Where a page of a project was not found: if the project itself is gone for the person, so is what was kept of it. */
export function ForgetProject({ personId }: { personId: string }) {
  useEffect(() => {
    const projectId = /^\/projects\/([0-9a-f-]{36})/.exec(location.pathname)?.[1];
    if (projectId === undefined) return;
    call('project.get', { params: { projectId } }).catch(async (error: unknown) => {
      if (!(error instanceof CallError) || !['not-found', 'forbidden'].includes(error.code)) return;
      await (await import('./kept')).forget(personId, projectId).catch(told);
    });
  }, [personId]);
  return null;
}
