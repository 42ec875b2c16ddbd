'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { call } from '@/components/ui/http';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import type { DeletedProject } from '@/lib/projects/deleted';
import { Shelf } from './shelf';

/** The projects that their owner deleted and can still restore. */
export function DeletedProjects({ projects }: { projects: readonly DeletedProject[] }) {
  if (projects.length === 0) return null;
  return (
    <Shelf
      title="Deleted"
      about="Nobody reaches these any more. You own them, and can restore them until the day that is named; then everything in them is removed for good."
    >
      {projects.map((project) => (
        <DeletedRow key={project.id} project={project} />
      ))}
    </Shelf>
  );
}

function DeletedRow({ project: { id, name, deleted, ends } }: { project: DeletedProject }) {
  const router = useRouter();
  const restore = useAction(async () => {
    await call('project.restore', { params: { deletedProjectId: id } });
    toast({ text: `${name} is restored for everybody who was in it.` });
    router.refresh();
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3">
      <div className="min-w-0 grow">
        <p className="break-words font-serif text-lg font-semibold text-muted">{name}</p>
        <p className="text-[13px] text-muted">
          deleted <Time at={deleted} />, removed for good on{' '}
          {new Date(ends).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })}
        </p>
        {restore.error ? (
          <p role="alert" className="text-[13px] text-danger">
            {restore.error}
          </p>
        ) : null}
      </div>
      <Button
        size="small"
        aria-label={`Restore ${name}`}
        isPending={restore.busy}
        onPress={() => void restore.run()}
      >
        Restore
      </Button>
    </li>
  );
}
