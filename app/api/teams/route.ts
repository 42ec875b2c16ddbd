import { personRoute } from '@/app/api/handle';
import { createTeam, listTeams } from '@/server/projects';

export const GET = personRoute('team.list', (actor) => listTeams(actor));
export const POST = personRoute('team.create', (actor, { body }) => createTeam(actor, body));
