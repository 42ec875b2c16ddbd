'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { Source } from '@/lib/sources/source';
import { ProtectionLine } from '../sources/protection-line';
import { Button } from '../ui/button';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';
import { useMarksIn } from './use-targets';

/** Which version of the source is read here, what waits in it, and whether there is a newer one. */
export function VersionLine({ source, newest }: { source: Source; newest: number }) {
  const router = useRouter();
  const waiting = useMarksIn(source.id, 'waiting').length;
  const { version } = source.text;
  const base = `/projects/${source.projectId}/sources/${source.id}`;
  const isOld = newest > version;
  return (
    <div className="mb-6 flex flex-col gap-2 text-[14px] text-muted">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link href={`${base}/versions`} className="rounded underline underline-offset-2 hover:text-ink">
          {newest === 1 ? 'Version 1' : `Version ${version} of ${newest}`}
        </Link>
        <Link
          href={`${base}/versions#discussion`}
          className="rounded underline underline-offset-2 hover:text-ink"
        >
          Discussion
        </Link>
        <Link
          href={`/projects/${source.projectId}/exchange?source=${source.id}`}
          className="rounded underline underline-offset-2 hover:text-ink"
        >
          Take out
        </Link>
        {version > 1 && !isOld ? (
          <Link
            href={`${base}/versions?version=${version}&against=${version - 1}`}
            className="rounded underline underline-offset-2 hover:text-ink"
          >
            What changed
          </Link>
        ) : null}
        {waiting > 0 && !isOld ? (
          <Link
            href={`${base}/report`}
            className="rounded font-medium text-accent underline underline-offset-2"
          >
            {waiting === 1 ? 'One mark waits for you' : `${waiting} marks wait to be looked at`}
          </Link>
        ) : null}
      </p>
      <ProtectionLine protection={source.protection} />
      {version > 1 && source.text.pageStarts === null ? <PagesBefore source={source} /> : null}
      {isOld ? (
        <div
          role="status"
          className="flex flex-wrap items-center gap-3 border-s-2 border-accent ps-3 text-ink"
        >
          Version {newest} of this source is here. What you read stays as it is until you open it; new marks
          go onto the newest.
          <Button size="small" look="primary" onPress={() => router.refresh()}>
            Open version {newest}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Says where the pages are of a source that had some: a text that was put right by hand is no longer that of its PDF. */
function PagesBefore({ source: { id: sourceId, projectId, text } }: { source: Source }) {
  const params = { projectId, sourceId };
  const { data } = useCall(
    (signal) => call('source-version.list', { params, query: { limit: 500 }, signal }),
    `${text.version}`,
  );
  const before = data?.items.find(({ version, pageStarts }) => version < text.version && pageStarts !== null);
  if (before === undefined) return null;
  return (
    <p>
      This version has no pages, as its text is no longer that of the PDF.{' '}
      <a
        href={`/api/projects/${projectId}/sources/${sourceId}/file?version=${before.version}`}
        className="rounded underline underline-offset-2 hover:text-ink"
        download
      >
        Download the PDF of version {before.version}
      </a>
    </p>
  );
}
