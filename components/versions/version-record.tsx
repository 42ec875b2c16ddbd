'use client';
import type { Source } from '@/lib/sources/source';
import type { SourceVersion } from '@/lib/sources/version';
import { copyText } from '../live/copy-text';
import { Button } from '../ui/button';
import { Time } from '../ui/time';
import { HOW_WORDS } from './how-words';

/** What can be shown of a version to whoever doubts it: when it was read, from where, and the fingerprint of its text. */
export function VersionRecord({ source, version }: { source: Source; version: SourceVersion }) {
  const headers = Object.entries(version.responseHeaders ?? {});
  return (
    <details className="text-[13px]">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded text-muted hover:text-ink">
        Record of version {version.version}
      </summary>
      <dl className="grid gap-x-4 gap-y-1 pt-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <dt className="text-muted">Came in</dt>
        <dd>
          <Time at={version.created} /> by {version.createdBy.name}
          {version.how === null ? '' : `, ${HOW_WORDS[version.how]}`}
        </dd>
        {version.finalUrl === null ? null : (
          <>
            <dt className="text-muted">Address</dt>
            <dd className="break-all">{version.finalUrl}</dd>
          </>
        )}
        <dt className="text-muted">SHA-256 of the text</dt>
        <dd className="flex flex-wrap items-center gap-2">
          <code className="break-all">{version.hash}</code>
          <Button size="small" look="quiet" onPress={() => void copyText(version.hash)}>
            Copy
          </Button>
        </dd>
        {version.pageStarts === null ? null : (
          <>
            <dt className="text-muted">Pages</dt>
            <dd>
              {version.pageStarts.length.toLocaleString('en')} ·{' '}
              <a
                href={`/api/projects/${source.projectId}/sources/${source.id}/file?version=${version.version}`}
                className="rounded text-accent underline underline-offset-2"
                download
              >
                Download the PDF
              </a>
            </dd>
          </>
        )}
        <dt className="text-muted">Length</dt>
        <dd>{version.length.toLocaleString('en')} UTF-16 units</dd>
        {headers.map(([header, value]) => (
          <div key={header} className="contents">
            <dt className="text-muted">{header}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
