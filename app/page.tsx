import { redirect } from 'next/navigation';
import { listProjects } from '@/server/projects';
import { pageActor } from './actor';

export default async function Home() {
  const actor = await pageActor();
  if (!actor) redirect('/sign-in');
  const { items } = await listProjects(actor);
  const only = items.length === 1 ? items[0] : undefined;
  redirect(only ? `/projects/${only.id}` : '/projects');
}
