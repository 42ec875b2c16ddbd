import { projectRoute } from '@/app/api/handle';
import { deleteProject, getProject, updateProject } from '@/server/projects';

export const GET = projectRoute('project.get', (grant) => getProject(grant));
export const PATCH = projectRoute('project.update', (grant, { body }) => updateProject(grant, body));
export const DELETE = projectRoute('project.delete', async (grant) => {
  await deleteProject(grant);
  return { ok: true as const };
});
