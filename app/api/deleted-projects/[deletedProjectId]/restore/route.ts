import { personRoute } from '@/app/api/handle';
import { restoreProject } from '@/server/projects/restore';

export const POST = personRoute('project.restore', (actor, { params }) =>
  restoreProject(actor, params.deletedProjectId),
);
