import { notFound, redirect } from 'next/navigation';
import type { Grant } from '@/lib/access/grant';
import type { Action } from '@/lib/access/roles';
import { AppError } from '@/lib/errors';
import { Id } from '@/lib/ids';
import { authorize } from '@/server/access/authorize';
import { pageActor } from '../actor';

/** Lets the reader of a page into its project; sends them to sign in first, or answers not-found as for no project at all. Who lacks the
 * second factor that it asks for is led to add one. */
export async function openPage(action: Action, projectId: string): Promise<Grant> {
  const actor = await pageActor();
  if (actor === null) redirect(`/sign-in?to=${encodeURIComponent(`/projects/${projectId}`)}`);
  if (!Id.safeParse(projectId).success) notFound();
  try {
    return await authorize(actor, action, projectId);
  } catch (error) {
    if (error instanceof AppError && error.details?.reason === 'second-factor')
      redirect(`/account?for=${projectId}#second-factor`);
    if (error instanceof AppError && (error.code === 'not-found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}
