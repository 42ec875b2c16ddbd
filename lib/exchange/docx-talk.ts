import { plainText } from '../threads/mentions';
import type { Thread } from '../threads/thread';
import type { Talk } from './docx-pen';
import type { Losses } from './losses';
import { type ReadRecords, WITH_MARKS } from './record';

/** What a discussion says, as a comment with its replies; `null` where nothing of it is left. */
export function talkOf({ comments, resolved, assignee }: Thread, losses: Losses): Talk | null {
  const said = comments
    .filter(({ deleted }) => deleted === null)
    .map(({ creator, created, text, mentions, reactions }) => {
      const words = plainText(text, mentions);
      if (reactions.length > 0)
        losses.add('Reactions to comments', 'A comment of Word has none that all programs read.', words);
      return { by: creator.name, at: created, text: words };
    });
  if (said.length === 0) return null;
  if (assignee) losses.add('Whom discussions are given to', 'Word has no place for it.', said[0]?.text ?? '');
  return { said, isResolved: resolved !== null };
}

/** The discussions of a project that can be asked for by what they are about. */
export type Threads = {
  /** By the id of an annotation, claim, source or note; of a note those alone that are about it as a whole. */
  readonly about: ReadonlyMap<string, readonly Thread[]>;
  /** By their own id. */
  readonly byId: ReadonlyMap<string, Thread>;
};

/** Reads all discussions, for texts that they stand beside. */
export async function readThreads(read: ReadRecords): Promise<Threads> {
  const about = new Map<string, Thread[]>();
  const byId = new Map<string, Thread>();
  for await (const record of read([...WITH_MARKS, 'claim', 'note', 'follow-up'])) {
    if (record.kind !== 'thread') continue;
    const { thread } = record;
    byId.set(thread.id, thread);
    const whole = thread.passage === null ? thread.noteId : null;
    const id = thread.annotationId ?? thread.claimId ?? thread.codeId ?? whole ?? thread.sourceId;
    if (id !== null) about.set(id, [...(about.get(id) ?? []), thread]);
  }
  return { about, byId };
}

/** The talks about a thing. */
export function talksAbout({ about }: Threads, id: string, losses: Losses): Talk[] {
  return (about.get(id) ?? []).flatMap((thread) => talkOf(thread, losses) ?? []);
}
