'use client';
import { type ReactNode, useMemo } from 'react';
import { partsOf } from '@/lib/threads/mentions';
import type { Comment } from '@/lib/threads/thread';
import { useProject } from '../live/project-context';

/** The words of a comment, with whom they mention by the name they have now. */
export function CommentWords({ comment: { text, mentions } }: { comment: Comment }) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const parts = useMemo(() => placed(text), [text]);
  const nameOf = (id: string) =>
    members.get(id)?.name ?? mentions.find((one) => one.id === id)?.name ?? 'somebody';
  const shown: ReactNode[] = parts.map(({ part, at }) =>
    typeof part === 'string' ? (
      part
    ) : (
      <span
        key={at}
        className={`rounded px-0.5 font-medium ${part.id === me ? 'bg-accent-wash text-accent' : 'text-accent'}`}
      >
        @{nameOf(part.id)}
      </span>
    ),
  );
  return <p className="whitespace-pre-wrap text-[14px] [overflow-wrap:anywhere]">{shown}</p>;
}

function placed(text: string) {
  let at = 0;
  return partsOf(text).map((part) => {
    at += typeof part === 'string' ? part.length : 1;
    return { part, at };
  });
}
