import { projectRoute } from '@/app/api/handle';
import { archiveProject, unarchiveProject } from '@/server/projects/archive';

export const POST = projectRoute('project.archive', (grant) => archiveProject(grant));
export const DELETE = projectRoute('project.unarchive', (grant) => unarchiveProject(grant));
