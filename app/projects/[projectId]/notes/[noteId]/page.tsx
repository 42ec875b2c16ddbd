import type { Metadata } from 'next';
import { NotePage } from '@/components/notes/note-page';

export const metadata: Metadata = { title: 'Note' };

type Params = Promise<{ projectId: string; noteId: string }>;

export default async function Page({ params }: { params: Params }) {
  const { noteId } = await params;
  return <NotePage noteId={noteId} />;
}
