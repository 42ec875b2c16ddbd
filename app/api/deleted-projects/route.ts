import { personRoute } from '@/app/api/handle';
import { listDeletedProjects } from '@/server/projects/restore';

export const GET = personRoute('project.list-deleted', (actor) => listDeletedProjects(actor));
