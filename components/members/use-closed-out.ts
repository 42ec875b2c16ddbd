import { useEffect } from 'react';
import { useProject } from '@/components/live/project-context';
import { call } from '@/components/ui/http';
import { useCall } from '@/components/ui/use-call';

/** How often it is looked again, in milliseconds: whoever adds a factor tells no project. */
const EVERY = 10_000;
const NOBODY: ReadonlySet<string> = new Set();

/** To owners, the members to whom the project is closed for want of a second factor; nobody where none is asked for. */
export function useClosedOut(): ReadonlySet<string> {
  const projectId = useProject((state) => state.project.id);
  const isTold = useProject((state) => state.role === 'owner' && state.project.secondFactor !== 'free');
  const people = useProject((state) => [...state.members.keys()].join(' '));
  const { data, reload } = useCall(
    async (signal) => (isTold ? call('member.list', { params: { projectId }, signal }) : null),
    `${isTold} ${people}`,
  );
  useEffect(() => {
    if (!isTold) return;
    const look = () => {
      if (!document.hidden) reload();
    };
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isTold, reload]);
  if (!isTold || data === null) return NOBODY;
  return new Set(data.items.filter(({ lacksFactor }) => lacksFactor).map(({ userId }) => userId));
}
