'use client';
import Link from 'next/link';
import type { Notice, TouchedAnnotation } from '@/lib/notices/notice';
import { DiffWords } from '../ui/diff-words';
import { Time } from '../ui/time';
import { FollowUpNotice } from './follow-up-notice';

/** Marks that a notice shows before it leads to the rest. */
const SHOWN = 3;

/** One thing a person is told. */
export function NoticeItem({ notice, onGo }: { notice: Notice; onGo: () => void }) {
  if (notice.followUp !== null) return <FollowUpNotice notice={notice} onGo={onGo} />;
  return <SourceNotice notice={notice} onGo={onGo} />;
}

/** Which version touched what of theirs, with the words before and now. */
function SourceNotice({ notice, onGo }: { notice: Notice; onGo: () => void }) {
  const { project, source, version, touched, annotations, notes, claims } = notice;
  if (source === null || version === null) return null;
  const base = `/projects/${project.id}/sources/${source.id}`;
  const gone = annotations.filter(({ now }) => now === null).length;
  return (
    <article
      className={`flex flex-col gap-2 border-b border-line px-4 py-3 ${notice.seen === null ? 'bg-accent-wash/40' : ''}`}
    >
      <p className="text-[14px]">
        <span className="font-medium">{source.title}</span> has a version {version} that{' '}
        {gone === annotations.length && gone > 0 ? 'no longer has' : 'changes'}{' '}
        {touched === 1 ? 'a passage' : `${touched} passages`} of yours
        {notes.length > 0 ? `, quoted in ${notes.map(({ title }) => title).join(', ')}` : ''}.
        {claims.length > 0
          ? ` ${claims.length === 1 ? 'A claim' : `${claims.length} claims`} of yours ${claims.length === 1 ? 'is' : 'are'} open again.`
          : ''}
      </p>
      <ul className="flex flex-col gap-2">
        {annotations.slice(0, SHOWN).map((one) => (
          <li key={one.id} className="diff border-s-2 border-line ps-2.5 font-serif text-[14px] leading-snug">
            <Touched annotation={one} />
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
        <Link
          href={`${base}/report`}
          onClick={onGo}
          className="rounded text-accent underline underline-offset-2"
        >
          Open the report
        </Link>
        <Link
          href={`${base}/versions?version=${version}&against=${version - 1}`}
          onClick={onGo}
          className="rounded text-accent underline underline-offset-2"
        >
          What changed
        </Link>
        <span>{project.name}</span>
        <Time at={notice.created} />
      </p>
    </article>
  );
}

function Touched({ annotation: { was, now } }: { annotation: TouchedAnnotation }) {
  if (now === null)
    return (
      <>
        <del>{was}</del> <span className="font-sans text-[12px] text-muted">not found</span>
      </>
    );
  return (
    <>
      <span className="block">
        <DiffWords before={was} after={now} side="before" />
      </span>
      <span className="block">
        <DiffWords before={was} after={now} side="after" />
      </span>
    </>
  );
}
