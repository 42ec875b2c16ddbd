'use client';

import { useProject } from '@/components/live/project-context';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Section } from '@/components/ui/section';
import { useCall } from '@/components/ui/use-call';
import { amount, type Quota, type Used } from '@/lib/projects/usage';

const NAMES: Record<Quota, string> = {
  members: 'Members',
  sources: 'Sources',
  'file-bytes': 'Files',
  annotations: 'Marks',
  notes: 'Notes beside those of sources',
};
const SAID = { room: '', near: 'little room left', full: 'full' } as const;

/** What the project holds and may hold. */
export function ProjectUsage() {
  const projectId = useProject((state) => state.project.id);
  const key = useProject((state) => `${state.members.size} ${state.sources.size} ${state.notes.size}`);
  const usage = useCall((signal) => call('usage.list', { params: { projectId }, signal }), key);
  const isWhole = usage.data?.items.every((one) => one.isWhole) ?? true;
  return (
    <Section
      title="Room"
      about={`What this project holds${isWhole ? '' : ', as far as you may see it'}, of what it may hold. What is over is refused, and nothing that is here is lost; whoever runs this Gloss can give it more room.`}
    >
      <FormError>{usage.error}</FormError>
      {usage.data === null && usage.error === null ? <Spinner label="Counting" /> : null}
      <ul className="flex flex-col gap-4">
        {usage.data?.items.map((used) => (
          <li key={used.what}>
            <Meter {...used} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Meter({ what, used, of, room }: Used) {
  const said = SAID[room];
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-[14px]">
        <span>{NAMES[what]}</span>
        <span className="text-muted tabular-nums">
          {said === '' ? null : <strong className="mr-2 font-semibold text-ink">{said}</strong>}
          {amount(what, used)} of {amount(what, of)}
        </span>
      </div>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-line">
        <div
          className={`h-full rounded-full ${room === 'room' ? 'bg-accent' : 'bg-warning'}`}
          style={{ width: `${Math.min(100, (100 * used) / of)}%` }}
        />
      </div>
    </div>
  );
}
