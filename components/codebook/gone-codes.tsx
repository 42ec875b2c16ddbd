'use client';
import type { Code } from '@/lib/codebook/code';
import { CodeDot } from '../annotations/code-picker';
import { useActions, useProject } from '../live/project-context';
import { useRested } from '../live/use-rested';
import { Button } from '../ui/button';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/** The codes that were removed or merged, kept up to date. */
function useGoneCodes(): readonly Code[] {
  const projectId = useProject((state) => state.project.id);
  const rested = useRested();
  const { data } = useCall(
    (signal) => call('code.list', { params: { projectId }, query: { gone: 'true' }, signal }),
    `${projectId} ${rested}`,
  );
  return data?.items ?? [];
}

/** What was merged into a code, to be taken apart again. */
export function MergedCodes({ code, canChange }: { code: Code; canChange: boolean }) {
  const { restoreCode } = useActions();
  const merged = useGoneCodes().filter(({ mergedInto }) => mergedInto === code.id);
  if (merged.length === 0) return null;
  return (
    <ul aria-label="Merged into it" className="flex flex-col text-[14px] text-muted">
      {merged.map(({ id, name }) => (
        <li key={id} className="flex flex-wrap items-center gap-2">
          “{name}” was merged into it.
          {canChange ? (
            <Button size="small" look="quiet" onPress={() => restoreCode(id)}>
              Take apart
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What was removed, to be brought back. */
export function RemovedCodes() {
  const { restoreCode } = useActions();
  const removed = useGoneCodes().filter(({ mergedInto }) => mergedInto === null);
  if (removed.length === 0) return null;
  return (
    <details className="text-[14px]">
      <summary className="cursor-pointer rounded text-muted">Removed codes ({removed.length})</summary>
      <ul aria-label="Removed codes" className="flex flex-col pt-1">
        {removed.map(({ id, name, colour }) => (
          <li key={id} className="flex items-center gap-2 py-0.5">
            <CodeDot colour={colour} />
            <span className="min-w-0 grow truncate">{name}</span>
            <Button size="small" look="quiet" onPress={() => restoreCode(id)}>
              Bring back
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
