import { notFound, redirect } from 'next/navigation';
import { openPage } from '@/app/projects/open-page';
import { AppError } from '@/lib/errors';
import { Id } from '@/lib/ids';
import { threadPath } from '@/lib/threads/thread-path';
import { threadOfComment } from '@/server/threads';

type Props = { params: Promise<{ projectId: string; commentId: string }> };

/** Leads to a comment for whoever knows its id alone: on its mark, claim, code or note, or beside its source. */
export default async function CommentPage({ params }: Props) {
  const { projectId, commentId } = await params;
  const grant = await openPage('thread.read', projectId);
  if (!Id.safeParse(commentId).success) notFound();
  redirect(threadPath(await standing(threadOfComment(grant, commentId)), commentId));
}

async function standing<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
}
