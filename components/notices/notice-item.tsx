'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Notice } from '@/lib/notices/notice';
import { noticeWords } from '@/lib/notices/notice-words';
import { Time } from '../ui/time';
import { SourceChange } from './source-change';

/** One thing a person is told, and the way to it. */
export function NoticeItem({ notice, onGo }: { notice: Notice; onGo: () => void }) {
  return (
    <article
      className={`flex flex-col gap-2 border-b border-line px-4 py-3 ${notice.seen === null ? 'bg-accent-wash/40' : ''}`}
    >
      {notice.kind === 'source-changed' ? <SourceChange notice={notice} /> : <Said notice={notice} />}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
        <Way to={notice.path} onGo={onGo}>
          {notice.kind === 'source-changed' ? 'Open the report' : 'Open'}
        </Way>
        {notice.kind === 'source-changed' ? (
          <Way
            to={`/projects/${notice.project.id}/sources/${notice.source.id}/versions?version=${notice.version}&against=${notice.version - 1}`}
            onGo={onGo}
          >
            What changed
          </Way>
        ) : null}
        <span>{notice.project.name}</span>
        <Time at={notice.created} />
      </p>
    </article>
  );
}

/** What somebody did or wrote, with its words. */
function Said({ notice }: { notice: Notice }) {
  const { sentence, quote } = noticeWords(notice, new Date().toISOString().slice(0, 10));
  return (
    <>
      <p className="text-[14px] [overflow-wrap:anywhere]">{sentence}.</p>
      {quote === null ? null : (
        <blockquote className="line-clamp-3 whitespace-pre-line border-s-2 border-line ps-2.5 text-[14px] leading-snug text-muted [overflow-wrap:anywhere]">
          {quote}
        </blockquote>
      )}
    </>
  );
}

function Way({ to, onGo, children }: { to: string; onGo: () => void; children: ReactNode }) {
  return (
    <Link href={to} onClick={onGo} className="rounded text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}
