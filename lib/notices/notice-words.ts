import { shorten } from '../words/shorten';
import type { FollowUpNotice, Notice } from './notice';

/** A notice as a mail tells it: one sentence, the words it is about, and where it leads. */
export type NoticeWords = { readonly sentence: string; readonly quote: string | null; readonly path: string };

const MOST = 300;
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', timeZone: 'UTC' });

const named = (text: string) => `“${shorten(text, 90).replace(/\.$/, '')}”`;

/** Puts a notice into words as they hold on the day it is read, `today` (YYYY-MM-DD, in UTC). */
export function noticeWords(notice: Notice, today: string): NoticeWords {
  const { path } = notice;
  switch (notice.kind) {
    case 'mention':
      return {
        sentence: `${notice.by.name} mentioned you on ${named(notice.about)}`,
        quote: quoted(notice),
        path,
      };
    case 'note-mention':
      return {
        sentence: `${notice.by.name} mentioned you in the note ${named(notice.note.title)}`,
        quote: null,
        path,
      };
    case 'reply':
      return { sentence: `${notice.by.name} wrote on ${named(notice.about)}`, quote: quoted(notice), path };
    case 'assigned':
      return {
        sentence: `${notice.by.name} gave you the discussion of ${named(notice.about)}`,
        quote: null,
        path,
      };
    case 'thread-resolved':
      return {
        sentence: `${notice.by.name} resolved the discussion of ${named(notice.about)}`,
        quote: null,
        path,
      };
    case 'claim-assigned':
      return {
        sentence: `${notice.by.name} gave you the claim ${named(notice.claim.wording)}`,
        quote: null,
        path,
      };
    case 'follow-up-assigned':
    case 'follow-up-due':
    case 'follow-up-done':
      return {
        sentence: followUpSentence(notice, today),
        quote: shorten(notice.followUp.wording, MOST),
        path,
      };
    case 'decided-otherwise':
    case 'decision-objected':
      return {
        sentence:
          notice.kind === 'decided-otherwise'
            ? `${notice.by.name} decided otherwise than you coded ${named(notice.about)}`
            : `${notice.by.name} objects to what you decided about ${named(notice.about)}`,
        quote: notice.why === '' ? null : shorten(notice.why, MOST),
        path,
      };
    case 'watch-stopped':
      return { sentence: `${named(notice.source.title)} is no longer watched`, quote: notice.advice, path };
    case 'webhook-stopped':
      return {
        sentence: `A webhook of yours in ${notice.project.name} was switched off`,
        quote: 'Its receiver did not take what it was sent. Look at its deliveries, then switch it on again.',
        path,
      };
    case 'source-changed':
      return {
        sentence: `${named(notice.source.title)} has a version ${notice.version} that changes ${
          notice.touched === 1 ? 'a passage' : `${notice.touched} passages`
        } of yours`,
        quote: notice.annotations[0]?.was ? shorten(notice.annotations[0].was, MOST) : null,
        path,
      };
  }
}

function followUpSentence({ kind, by, followUp }: FollowUpNotice, today: string): string {
  const who = by?.name ?? 'Somebody';
  if (kind === 'follow-up-assigned') return `${who} gave you a ${followUp.kind}`;
  if (kind === 'follow-up-done')
    return followUp.kind === 'question' ? `${who} answered a question` : `${who} did a task`;
  const { due, state } = followUp;
  if (state === 'done') return `A ${followUp.kind} of yours that was due is done`;
  if (state === 'dropped') return `A ${followUp.kind} of yours that was due was dropped`;
  if (due === null) return `A ${followUp.kind} of yours was due`;
  return `A ${followUp.kind} of yours ${due < today ? 'was' : 'is'} due on ${DAY.format(new Date(due))}`;
}

function quoted({ text }: { text: string | null }): string | null {
  return text === null ? null : shorten(text, 1_000);
}
