import { exactOf } from '@/lib/annotations/span';
import { plainText } from '@/lib/threads/mentions';
import type { CallError } from '../ui/http';
import { type Change, dependsOn, makesThing, type Pending, targetOf } from './changes';
import { nameOf } from './undo';

/** A change the server said no to. It is kept with what was typed until the person takes it up again or lets it go. */
export type Refused = Pending & {
  /** The server's words. */
  readonly why: string;
  /** ISO time. */
  readonly at: string;
};

/** The entries for a refusal: the change itself, and what can't stand without it. */
export function refusedWith(
  refused: Pending,
  dropped: readonly Pending[],
  error: Pick<CallError, 'message'>,
  now: Date,
): Refused[] {
  const at = now.toISOString();
  const others = dropped.filter(({ key }) => key !== refused.key);
  return [
    { ...refused, why: error.message, at },
    ...others.map((one) => ({ ...one, why: 'What it belongs to could not be saved.', at })),
  ];
}

/** The entries that go together when one is tried again: what it made, and what was built on that; oldest first. */
export function togetherWith(key: string, refused: readonly Refused[]): Refused[] {
  const first = refused.find((entry) => entry.key === key);
  if (first === undefined) return [];
  const { id } = targetOf(first.change);
  const makes = makesThing(first.change);
  const ids = new Set([id]);
  const found = [first];
  if (makes)
    for (const entry of refused) {
      if (entry.key === key || ![...ids].some((known) => dependsOn(entry.change, known))) continue;
      ids.add(targetOf(entry.change).id);
      found.push(entry);
    }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What a change is, and the words the person typed in it; empty when they typed none. */
export function wordsOf(change: Change): { name: string; typed: string; passage: string } {
  const name = `${nameOf(change).charAt(0).toUpperCase()}${nameOf(change).slice(1)}`;
  switch (change.type) {
    case 'annotation.create': {
      const { annotation } = change;
      const typed = [annotation.quote?.speaker, annotation.body?.value].filter(Boolean).join('\n');
      return { name, typed, passage: exactOf(annotation) };
    }
    case 'annotation.update':
      return {
        name,
        typed: [change.edit.quote?.speaker, change.edit.body?.value].filter(Boolean).join('\n'),
        passage: '',
      };
    case 'code.create':
      return {
        name: 'Code',
        typed: [change.code.name, change.code.definition].filter(Boolean).join('\n'),
        passage: '',
      };
    case 'code.split':
      return {
        name,
        typed: [change.code.name, change.code.definition].filter(Boolean).join('\n'),
        passage: '',
      };
    case 'code.update': {
      const { name: called, definition, whenToUse, whenNot } = change.edit;
      const typed = [called, definition, whenToUse, whenNot].filter(Boolean).join('\n');
      return { name, typed, passage: '' };
    }
    case 'claim.create':
      return { name, typed: change.claim.wording, passage: '' };
    case 'claim.update':
      return { name, typed: change.edit.wording ?? '', passage: '' };
    case 'evidence.create':
      return { name, typed: change.evidence.note ?? '', passage: '' };
    case 'evidence.update':
      return { name, typed: change.edit.note ?? '', passage: '' };
    case 'follow-up.create': {
      const { wording, details, raisedBy } = change.followUp;
      const typed = [wording, details].filter(Boolean).join('\n');
      return { name, typed, passage: raisedBy?.quote ?? '' };
    }
    case 'follow-up.update': {
      const { wording, details } = change.edit;
      return { name, typed: [wording, details].filter(Boolean).join('\n'), passage: '' };
    }
    case 'thread.create': {
      const [first] = change.thread.comments;
      const typed = first === undefined ? '' : readable(first);
      return { name: 'Comment', typed, passage: change.thread.passage ?? '' };
    }
    case 'comment.create':
      return { name: 'Reply', typed: readable(change.comment), passage: '' };
    case 'comment.update':
      return { name, typed: readable(change), passage: '' };
    case 'note.create':
      return { name: 'Note', typed: change.note.title, passage: '' };
    default:
      return { name, typed: '', passage: '' };
  }
}

/** A comment as it was typed, with people by name. */
function readable({
  text,
  mentions = [],
}: {
  text: string;
  mentions?: { id: string; name: string }[];
}): string {
  return plainText(text, mentions);
}
