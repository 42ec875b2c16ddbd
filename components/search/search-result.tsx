'use client';
import Link from 'next/link';
import { threadPath } from '@/lib/threads/thread-path';
import type { Answer } from '../ui/http';
import { Time } from '../ui/time';

type Item = Answer<'search'>['items'][number];

/** What sort of thing was found. */
export const KINDS: Record<Item['kind'], string> = {
  source: 'Source',
  note: 'Note',
  annotation: 'Mark',
  quote: 'Quote',
  claim: 'Claim',
  'follow-up': 'Follow-up',
  comment: 'Reply',
  thread: 'Discussion',
};

/** One place where what was looked for stands, with the words around it. */
export function SearchResult({ item, projectId }: { item: Item; projectId: string }) {
  return (
    <li className="relative flex flex-col gap-1 border-b border-line py-3 hover:bg-hover">
      <p className="flex flex-wrap items-baseline gap-x-2 text-[13px] text-muted">
        <span>{KINDS[item.kind]}</span>
        <span aria-hidden>·</span>
        <Link
          href={hrefOf(item, projectId)}
          className="min-w-0 rounded font-medium text-ink [overflow-wrap:anywhere] after:absolute after:inset-0"
        >
          {item.title}
        </Link>
        {item.by === null ? null : <span>{item.by.name}</span>}
        <Time at={item.created} />
        {item.fuzzy ? <span>similar</span> : null}
      </p>
      <p className="font-serif text-[16px] leading-snug [overflow-wrap:anywhere]" dir="auto">
        <Excerpt excerpt={item.excerpt} />
      </p>
    </li>
  );
}

/** The words around what was found. */
export function Excerpt({ excerpt: { text, matches } }: { excerpt: Item['excerpt'] }) {
  const parts: { words: string; isMatch: boolean; at: number }[] = [];
  let at = 0;
  for (const { start, end } of matches) {
    if (start > at) parts.push({ words: text.slice(at, start), isMatch: false, at });
    parts.push({ words: text.slice(start, end), isMatch: true, at: start });
    at = end;
  }
  if (at < text.length) parts.push({ words: text.slice(at), isMatch: false, at });
  return parts.map(({ words, isMatch, at: key }) =>
    isMatch ? (
      <mark key={key} className="rounded-sm bg-accent-wash px-0.5 text-ink">
        {words}
      </mark>
    ) : (
      <span key={key}>{words}</span>
    ),
  );
}

/** Where a thing that was found stands. */
export function hrefOf(item: Item, projectId: string): string {
  const root = `/projects/${projectId}`;
  if (item.kind === 'claim') return `${root}/claims/${item.id}`;
  if (item.threadId !== null) {
    const { threadId: id, annotationId, claimId, codeId, noteId, sourceId } = item;
    const comment = item.kind === 'comment' ? item.id : undefined;
    return threadPath({ id, projectId, annotationId, claimId, codeId, noteId, sourceId }, comment);
  }
  if (item.annotationId !== null && item.sourceId !== null)
    return `${root}/sources/${item.sourceId}?mark=${item.annotationId}`;
  if (item.kind === 'follow-up') return `${root}/follow-ups?open=${item.id}`;
  if (item.sourceId !== null) return `${root}/sources/${item.sourceId}`;
  if (item.noteId !== null) return `${root}/notes/${item.noteId}`;
  return root;
}
