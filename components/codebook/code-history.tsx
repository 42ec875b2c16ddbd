'use client';
import type { Code } from '@/lib/codebook/code';
import type { CodeVersion } from '@/lib/codebook/passage';
import { useProject } from '../live/project-context';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Time } from '../ui/time';
import { useCall } from '../ui/use-call';

/** All that a code meant, newest first. */
export function CodeHistory({ code }: { code: Code }) {
  const projectId = useProject((state) => state.project.id);
  const { data, error } = useCall(
    (signal) => call('code.versions', { params: { projectId, codeId: code.id }, signal }),
    `${code.id} ${code.definitionVersion}`,
  );
  if (data === null) return error ? <FormError>{error}</FormError> : <Spinner label="Reading the versions" />;
  return (
    <ol aria-label="Versions of the words" className="flex flex-col">
      {data.items.map((version) => (
        <li key={version.version} className="border-b border-line py-3">
          <p className="text-[13px] text-muted">
            Version {version.version}
            {version.version === code.definitionVersion ? ', the current one' : ''} ·{' '}
            {version.by?.name ?? 'not known by whom'} · <Time at={version.at} />
          </p>
          <VersionWords version={version} />
        </li>
      ))}
    </ol>
  );
}

/** What a code said in one version. */
export function VersionWords({
  version,
}: {
  version: Pick<CodeVersion, 'name' | 'definition' | 'whenToUse' | 'whenNot'>;
}) {
  return (
    <div className="flex flex-col gap-1 pt-1 text-[14px]">
      <p className="font-medium">{version.name}</p>
      <Said words={version.definition || 'No definition.'} />
      {version.whenToUse ? <Said label="Use it" words={version.whenToUse} /> : null}
      {version.whenNot ? <Said label="Don’t use it" words={version.whenNot} /> : null}
    </div>
  );
}

/** One part of what a code says. */
export function Said({ label, words }: { label?: string; words: string }) {
  return (
    <p className="max-w-prose whitespace-pre-wrap break-words text-muted">
      {label ? <span className="font-medium text-ink">{label}: </span> : null}
      {words}
    </p>
  );
}
