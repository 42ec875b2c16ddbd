'use client';

import { Gauge } from 'lucide-react';
import { call } from '@/components/ui/http';
import { useCall } from '@/components/ui/use-call';
import { type Quota, roomWords } from '@/lib/projects/usage';
import { useProject } from './project-context';

/** Where something is about to be added: how much room the project has left for it, once that is little; nothing before. */
export function RoomLine({ of }: { of: readonly Quota[] }) {
  const projectId = useProject((state) => state.project.id);
  // What others add is heard by the feed, and read again.
  const key = useProject(
    (state) => `${state.project.id} ${state.members.size} ${state.sources.size} ${state.notes.size}`,
  );
  const usage = useCall((signal) => call('usage.list', { params: { projectId }, signal }), key);
  const words = (usage.data?.items ?? [])
    .filter(({ what }) => of.includes(what))
    .flatMap((used) => roomWords(used) ?? []);
  if (words.length === 0) return null;
  return (
    <div role="status" className="flex flex-col gap-1 text-[14px] text-muted">
      {words.map((one) => (
        <p key={one} className="flex items-start gap-2">
          <Gauge aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{one}</span>
        </p>
      ))}
    </div>
  );
}
