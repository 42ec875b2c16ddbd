'use client';
import Link from 'next/link';
import { memo, useMemo, useState } from 'react';
import type { Claim } from '@/lib/claims/claim';
import { Avatar } from '../ui/avatar';
import { LongList } from '../ui/long-list';
import { Select } from '../ui/select';
import { Flags } from './claim-row';
import { evidenceWords } from './claim-words';
import type { useStatuses } from './use-claims';

const DRAGGED = 'application/x-gloss-claim';

/** The claims by status, side by side; a claim is moved by dragging it or by choosing its status. */
export function ClaimBoard({
  claims,
  statuses,
  today,
  mayMove,
  onMove,
}: {
  claims: readonly Claim[];
  statuses: ReturnType<typeof useStatuses>;
  today: string;
  mayMove: (claim: Claim) => boolean;
  onMove: (claim: Claim, status: string) => void;
}) {
  const [over, setOver] = useState<string | null>(null);
  const columns = useMemo(() => Map.groupBy(claims, ({ status }) => status), [claims]);
  return (
    <div className="-mx-4 flex gap-4 overflow-x-auto px-4 pb-4">
      {statuses.list.map((status) => {
        const inside = columns.get(status.key) ?? [];
        return (
          <section
            key={status.key}
            aria-label={status.name}
            className={`flex w-64 shrink-0 flex-col gap-2 rounded-lg p-2 ${over === status.key ? 'bg-accent-wash' : 'bg-sunken'}`}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(DRAGGED)) return;
              event.preventDefault();
              setOver(status.key);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => {
              setOver(null);
              const claim = claims.find(({ id }) => id === event.dataTransfer.getData(DRAGGED));
              if (claim !== undefined && claim.status !== status.key && mayMove(claim))
                onMove(claim, status.key);
            }}
          >
            <h2 className="flex items-center gap-2 px-1 text-[14px] font-medium">
              <span
                aria-hidden
                className="size-2.5 rounded-full"
                style={{ background: `var(--code-${status.colour})` }}
              />
              {status.name}
              <span className="ms-auto text-[13px] font-normal tabular-nums text-muted">{inside.length}</span>
            </h2>
            <ul className="flex flex-col gap-2">
              <LongList items={inside} step={30} grows="at a press">
                {(claim) => (
                  <ClaimCard
                    key={claim.id}
                    claim={claim}
                    statuses={statuses}
                    today={today}
                    isMovable={mayMove(claim)}
                    onMove={onMove}
                  />
                )}
              </LongList>
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** A claim on the board; drawn anew only when it is another, since there may be hundreds. */
const ClaimCard = memo(function ClaimCard({
  claim,
  statuses,
  today,
  isMovable,
  onMove,
}: {
  claim: Claim;
  statuses: ReturnType<typeof useStatuses>;
  today: string;
  isMovable: boolean;
  onMove: (claim: Claim, status: string) => void;
}) {
  return (
    <li
      draggable={isMovable}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, claim.id)}
      className="flex flex-col gap-2 rounded-md border border-line bg-raised p-2.5"
    >
      <Link
        prefetch={false}
        href={`/projects/${claim.projectId}/claims/${claim.id}`}
        className="line-clamp-5 rounded font-serif text-[16px] leading-snug [overflow-wrap:anywhere]"
      >
        {claim.wording}
      </Link>
      <p className="flex flex-wrap gap-x-2 text-[12px] text-muted">
        <span>{evidenceWords(claim.evidence)}</span>
        <Flags claim={claim} today={today} />
      </p>
      <div className="flex items-center justify-between gap-2">
        <Select
          label={`Status of ${claim.wording.slice(0, 60)}`}
          labelHidden
          size="small"
          isDisabled={!isMovable}
          value={claim.status}
          onChange={(wanted) => onMove(claim, wanted)}
          options={statuses.list.map(({ key, name }) => ({ id: key, label: name }))}
        />
        {claim.owner === null ? null : <Avatar userId={claim.owner.id} name={claim.owner.name} size={22} />}
      </div>
    </li>
  );
});
