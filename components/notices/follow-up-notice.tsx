'use client';
import Link from 'next/link';
import { dayHere } from '@/lib/follow-ups/due';
import type { Notice } from '@/lib/notices/notice';
import { Time } from '../ui/time';

/** That a follow-up was given to the person, is due, or was done for them. */
export function FollowUpNotice({ notice, onGo }: { notice: Notice; onGo: () => void }) {
  const { project, followUp, created, seen } = notice;
  if (followUp === null) return null;
  return (
    <article
      className={`flex flex-col gap-2 border-b border-line px-4 py-3 ${seen === null ? 'bg-accent-wash/40' : ''}`}
    >
      <p className="text-[14px]">{said(notice, followUp)}</p>
      <p className="border-s-2 border-line ps-2.5 text-[14px] [overflow-wrap:anywhere]">{followUp.wording}</p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
        <Link
          href={`/projects/${project.id}/follow-ups?open=${followUp.id}`}
          onClick={onGo}
          className="rounded text-accent underline underline-offset-2"
        >
          Open it
        </Link>
        <span>{project.name}</span>
        <Time at={created} />
      </p>
    </article>
  );
}

function said({ kind, by }: Notice, { kind: sort, due }: NonNullable<Notice['followUp']>): string {
  const who = by?.name ?? 'Somebody';
  if (kind === 'follow-up-assigned') return `${who} gave you a ${sort}.`;
  if (kind === 'follow-up-done')
    return sort === 'question' ? `${who} answered a question.` : `${who} did a task.`;
  const today = dayHere(new Date());
  const when = due === null || due > today ? 'soon due' : due === today ? 'due today' : 'overdue';
  return `A ${sort} of yours is ${when}.`;
}
