'use client';
import { useMemo } from 'react';
import type { DueGroup } from '@/lib/follow-ups/due';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { LongList } from '../ui/long-list';
import { groupByDue } from './follow-up-filter';
import { FollowUpRow } from './follow-up-row';

const GROUPS: Record<DueGroup, string> = {
  overdue: 'Overdue',
  today: 'Today',
  week: 'This week',
  later: 'Later',
  none: 'No date',
};

/** The follow-ups by when they are due, and at the end what is done or dropped. */
export function FollowUpList({
  followUps,
  today,
  mayChange,
}: {
  followUps: readonly FollowUp[];
  today: string;
  mayChange: (followUp: FollowUp) => boolean;
}) {
  const { groups, over } = useMemo(() => groupByDue(followUps, today), [followUps, today]);
  const rows = (list: readonly FollowUp[], label: string) => (
    <ul aria-label={label} className="border-t border-line">
      <LongList items={list} step={20}>
        {(one) => <FollowUpRow key={one.id} followUp={one} today={today} mayChange={mayChange(one)} />}
      </LongList>
    </ul>
  );
  return (
    <div className="flex flex-col gap-6">
      {groups.map(({ group, followUps: inside }) => (
        <section key={group} aria-label={GROUPS[group]} className="flex flex-col gap-1">
          <h2 className={`text-[14px] font-semibold ${group === 'overdue' ? 'text-danger' : 'text-ink'}`}>
            {GROUPS[group]}
            <span className="ms-2 text-[13px] font-normal tabular-nums text-muted">{inside.length}</span>
          </h2>
          {rows(inside, GROUPS[group])}
        </section>
      ))}
      {over.length === 0 ? null : (
        <details open={groups.length === 0}>
          <summary className="min-h-6 cursor-pointer text-[14px] font-semibold text-muted">
            Done and dropped <span className="ms-1 text-[13px] font-normal tabular-nums">{over.length}</span>
          </summary>
          {rows(over, 'Done and dropped')}
        </details>
      )}
    </div>
  );
}
