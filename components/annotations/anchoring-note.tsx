'use client';
import Link from 'next/link';
import { anchoringWords } from '@/lib/annotations/anchoring-words';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { DiffWords } from '../ui/diff-words';

/** On an open card: what versions of the source did to the marked words, and the way to decide about it. */
export function AnchoringNote({ annotation }: { annotation: Annotation }) {
  const words = anchoringWords(annotation);
  const { anchoring } = annotation;
  if (words === null || anchoring === null) return null;
  const report = `/projects/${annotation.projectId}/sources/${annotation.sourceId}/report`;
  return (
    <div className="diff border-s-2 border-warning ps-2.5 text-[13px]">
      <p className="font-medium text-warning">{words}</p>
      {anchoring.was === null ? null : (
        <p className="line-clamp-6 font-serif text-[14px] leading-snug [overflow-wrap:anywhere]" dir="auto">
          <span className="font-sans text-[12px] text-muted">It was: </span>
          <DiffWords before={anchoring.was} after={exactOf(annotation)} side="before" />
        </p>
      )}
      {anchoring.state === 'waiting' ? (
        <Link href={`${report}?mark=${annotation.id}`} className="text-accent underline underline-offset-2">
          Decide its place
        </Link>
      ) : null}
    </div>
  );
}
