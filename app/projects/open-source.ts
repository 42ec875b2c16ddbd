import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { loadSource } from '@/server/snapshot';
import { openPage } from './open-page';

/** A source for one of its pages, read once for the title and the page; not-found as for no source at all. */
export const openSource = cache(async (projectId: string, sourceId: string) => {
  const grant = await openPage('source.read', projectId);
  try {
    return await loadSource(grant, sourceId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
});
