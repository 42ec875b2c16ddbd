'use client';
import Link from 'next/link';
import type { QuoteDetails } from '@/lib/annotations/quote';
import { chainWords, LEVELS } from '@/lib/quotes/levels';
import { useProject } from '../live/project-context';

/** Who is quoted, in what way, and how it came to us. */
export function QuoteLine({ quote, sourceId }: { quote: QuoteDetails; sourceId: string }) {
  const { sources, projectId } = useProject((state) => ({
    sources: state.sources,
    projectId: state.project.id,
  }));
  const titleOf = (id: string | null) => (id === null ? undefined : sources.get(id)?.title);
  const { speaker, speakerId, style, hedged, hedges, level, chain } = quote;
  return (
    <div className="flex flex-col gap-0.5 text-[14px]">
      <p>
        {speakerId === null ? (
          <span className="font-medium">{speaker || 'Speaker not named'}</span>
        ) : (
          <Link
            href={`/projects/${projectId}/speakers/${speakerId}`}
            className="rounded font-medium underline decoration-line underline-offset-2 hover:decoration-current"
          >
            {speaker}
          </Link>
        )}
        <span className="text-muted">
          {style === 'indirect' ? ', indirect' : ''}
          {hedges.length > 0 ? `, “${hedges.join('”, “')}”` : hedged ? ', hedged' : ''}
        </span>
      </p>
      {level === null ? null : (
        <p className="text-[13px] text-muted" title={LEVELS[level].means}>
          {LEVELS[level].name}
        </p>
      )}
      {chain.length === 0 ? null : (
        <p className="text-[13px] text-muted [overflow-wrap:anywhere]">
          {chainWords(
            speaker,
            chain,
            (link) => link.label || (titleOf(link.sourceId) ?? 'a source that was removed'),
            titleOf(sourceId) ?? 'this source',
          )}
        </p>
      )}
    </div>
  );
}
