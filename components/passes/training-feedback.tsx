'use client';
import { feedbackOf } from '@/lib/agreement/feedback';
import { spanOf } from '@/lib/annotations/span';
import type { Pass } from '@/lib/passes/pass';
import { coderOf } from '@/lib/passes/standing';
import { useProject } from '../live/project-context';

/** What whoever is done with a source in a training can learn: how far they are from what the expert marked on it. */
export function TrainingFeedback({ pass, sourceId }: { pass: Pass; sourceId: string }) {
  const { annotations, sources, me } = useProject((state) => ({
    annotations: state.annotations,
    sources: state.sources,
    me: state.me.id,
  }));
  const coder = coderOf(pass, me);
  const expert = pass.coders.find(({ isExpert }) => isExpert);
  if (coder === undefined || expert === undefined || coder.id === expert.id) return null;
  const about = new Set(pass.codeIds);
  const version = sources.get(sourceId)?.text.version;
  const codings = [...annotations.values()].flatMap((mark) => {
    const isHere = mark.passId === pass.id && mark.sourceId === sourceId && mark.version === version;
    if (!isHere || mark.deleted !== null) return [];
    const by = mark.coderId ?? coderOf(pass, mark.creator.id)?.id;
    if (by === undefined) return [];
    const codes = mark.codeIds.filter((id) => about.size === 0 || about.has(id));
    return codes.map((codeId) => ({
      ...{ annotationId: mark.id, coderId: by, sourceId, codeId },
      ...spanOf(mark),
    }));
  });
  const { same, boundary, code, alone, missed, f1 } = feedbackOf(codings, {
    coderId: coder.id,
    expertId: expert.id,
  });
  if (f1 === null)
    return <p className="w-full text-muted">Neither you nor {expert.name} marked anything here.</p>;
  return (
    <p role="status" className="w-full tabular-nums">
      Beside {expert.name}:{' '}
      {[
        `${same} the same`,
        boundary === 0 ? '' : `${boundary} with other ends`,
        code === 0 ? '' : `${code} with another code`,
        alone === 0 ? '' : `${alone} only yours`,
        missed === 0 ? '' : `${missed} not found`,
      ]
        .filter(Boolean)
        .join(', ')}
      .{' '}
      <span
        className="text-muted"
        title="Twice the characters that both gave a code, over those that either did (span F1)"
      >
        {Math.round(f1 * 100)} % of the coded text in common (F1).
      </span>
    </p>
  );
}
