'use client';

import Link from 'next/link';
import { useProject } from '@/components/live/project-context';

/** Above every page of an archived project: why nothing can be changed, and who can change that. */
export function ArchivedLine() {
  const { id, archived, role } = useProject((state) => state.project);
  return (
    <div role="status" className="text-[14px]">
      {archived === null ? null : (
        <p className="border-b border-line bg-sunken px-4 py-1.5 text-muted">
          This project is archived: it can be read, not changed.{' '}
          {role === 'owner' ? (
            <Link href={`/projects/${id}/settings#archive`} className="rounded text-ink underline">
              Bring it back
            </Link>
          ) : (
            'An owner can bring it back.'
          )}
        </p>
      )}
    </div>
  );
}
