import { personRoute } from '@/app/api/handle';
import { createProject, listProjects } from '@/server/projects';

export const GET = personRoute('project.list', (actor) => listProjects(actor));
export const POST = personRoute('project.create', (actor, { body }) => createProject(actor, body));
