import { ForgetProject } from '@/components/live/forget-here';
import { pageActor } from '../actor';
import NotFound from '../not-found';

export default async function ProjectNotFound() {
  const actor = await pageActor();
  return (
    <>
      {actor === null ? null : <ForgetProject personId={actor.userId} />}
      <NotFound />
    </>
  );
}
