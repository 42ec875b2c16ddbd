import type { Annotation } from '@/lib/annotations/annotation';
import { CallError, call } from '../ui/http';

/** Quotes that are asked for; those of further pages teach nothing. */
const MOST = 500;

/** The quotes of a project's sources, from whose speakers one learns; `null` where the server can't be asked. */
export async function quotesOfProject(projectId: string): Promise<readonly Annotation[] | null> {
  try {
    const query = { motivation: 'quoting', limit: MOST } as const;
    return (await call('annotation.list', { params: { projectId }, query })).items;
  } catch (error) {
    if (error instanceof CallError) return null;
    throw error;
  }
}
