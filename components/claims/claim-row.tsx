'use client';
import Link from 'next/link';
import { memo } from 'react';
import type { Claim } from '@/lib/claims/claim';
import { Avatar } from '../ui/avatar';
import { isOverdue } from './claim-filter';
import { dayWords, evidenceWords, originWords } from './claim-words';
import { StatusChip } from './status-chip';
import { useOrigins, type useStatuses } from './use-claims';

/** A claim in a list: what it says, how it stands, what it rests on, whose it is; drawn anew only when it is another. */
export const ClaimRow = memo(function ClaimRow({
  claim,
  statuses,
  today,
}: {
  claim: Claim;
  statuses: ReturnType<typeof useStatuses>;
  today: string;
}) {
  const origins = useOrigins(claim);
  return (
    <li className="relative flex items-start gap-4 border-b border-line py-3 hover:bg-hover">
      <div className="flex min-w-0 grow flex-col gap-1">
        <Link
          prefetch={false}
          href={`/projects/${claim.projectId}/claims/${claim.id}`}
          className="rounded font-serif text-lg leading-snug [overflow-wrap:anywhere] after:absolute after:inset-0"
        >
          {claim.wording}
        </Link>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-[13px] text-muted">
          <span className="text-ink">
            <StatusChip status={claim.status} statuses={statuses} />
          </span>
          <span>{evidenceWords(claim.evidence)}</span>
          {origins.sources > 0 ? <span>{originWords(origins.sources, origins.roots.length)}</span> : null}
          {claim.tags.map((tag) => (
            <span key={tag}>#{tag}</span>
          ))}
          <Flags claim={claim} today={today} />
        </p>
      </div>
      {claim.owner === null ? null : <Avatar userId={claim.owner.id} name={claim.owner.name} size={24} />}
    </li>
  );
});

/** What somebody should see at once: a day that is over, a source that changed, a sign-off. */
export function Flags({ claim, today }: { claim: Claim; today: string }) {
  return (
    <>
      {claim.due === null ? null : (
        <span className={isOverdue(claim, today) ? 'font-medium text-danger' : ''}>
          {isOverdue(claim, today) ? 'overdue since' : 'due'} {dayWords(claim.due)}
        </span>
      )}
      {claim.reopened === null ? null : (
        <span className="font-medium text-warning">a source changed under it</span>
      )}
      {claim.signedOff === null ? null : <span>signed off by {claim.signedOff.by.name}</span>}
    </>
  );
}
