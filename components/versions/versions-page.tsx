'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { useActions, useProject } from '../live/project-context';
import { ThreadList } from '../threads/thread-list';
import { IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { Section } from '../ui/section';
import { useCall } from '../ui/use-call';
import { VariableValues } from '../variables/variable-values';
import { NewVersionButton } from './new-version';
import { useVersionText } from './use-version-text';
import { VersionMenu } from './version-menu';
import { VersionRecord } from './version-record';
import { type Amounts, type Steps, VersionText } from './version-text';
import { WatchPanel } from './watch-panel';

/** The versions of a source: any one to read with its marks as they stood, or two to compare. */
export function VersionsPage({
  snapshot,
  version,
  against,
}: {
  snapshot: SourceSnapshot;
  /** As asked for in the address; null for the newest. */
  version: number | null;
  against: number | null;
}) {
  const actions = useActions();
  useEffect(() => actions.loadSource(snapshot), [actions, snapshot]);
  const { projectId, id: sourceId } = snapshot.source;
  const source = useProject((project) => project.sources.get(sourceId)) ?? snapshot.source;
  const newest = source.text.version;
  const shown = version !== null && version <= newest ? version : newest;
  const compared = against !== null && against <= newest && against !== shown ? against : null;
  const list = useCall(
    (signal) =>
      call('source-version.list', { params: { projectId, sourceId }, query: { limit: 500 }, signal }),
    `${newest}`,
  );
  const versions = list.data?.items ?? [];
  const record = versions.find((one) => one.version === shown);
  const text = useVersionText(projectId, sourceId, shown, compared);
  const [amounts, setAmounts] = useState<Amounts | null>(null);
  const [said, setSaid] = useState('');
  const steps = useRef<Steps>(null);
  const base = `/projects/${projectId}/sources/${sourceId}`;
  const step = (by: 1 | -1) => {
    const stop = steps.current?.go(by);
    if (stop) setSaid(`Change ${stop.at} of ${stop.of}. ${stop.words}`);
  };
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8">
      <p className="pb-2 text-[14px]">
        <Link href={base} className="rounded text-accent underline underline-offset-2">
          {source.title}
        </Link>
      </p>
      <PageHeading title="Versions" action={<NewVersionButton source={source} />}>
        {newest === 1
          ? 'There is one version. When the page changes, bring it in again: the marks go along, and none moves silently.'
          : `${newest} versions. A version never changes once it is here.`}
      </PageHeading>
      <FormError>{list.error ?? text.error}</FormError>
      {versions.length > 0 ? (
        <div className="flex flex-col gap-3 border-y border-line py-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <VersionMenu
              versions={versions}
              shown={shown}
              against={compared}
              hrefOf={(wanted, other) =>
                `${base}/versions?version=${wanted}${other === null ? '' : `&against=${other}`}`
              }
            />
            {amounts === null ? null : (
              <div className="flex items-center gap-1 text-[13px] text-muted">
                <p role="status">{amountWords(amounts)}</p>
                {amounts.added + amounts.removed + amounts.moved > 0 ? (
                  <>
                    <IconButton label="Previous change" onPress={() => step(-1)}>
                      <ArrowUp aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton label="Next change" onPress={() => step(1)}>
                      <ArrowDown aria-hidden className="size-4" />
                    </IconButton>
                  </>
                ) : null}
              </div>
            )}
          </div>
          {record ? <VersionRecord source={source} version={record} /> : null}
          <WatchPanel source={source} />
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
      {text.missing.length > 0 ? (
        <p className="pt-4 text-[14px] text-muted">
          {text.missing.length === 1 ? 'One mark has' : `${text.missing.length} marks have`} no place in this
          version.{' '}
          {shown === newest ? (
            <Link href={`${base}/report`} className="text-accent underline underline-offset-2">
              Look at them
            </Link>
          ) : null}
        </p>
      ) : null}
      <div className="pt-8">
        <VariableValues of="source" subjectId={sourceId} />
      </div>
      <div id="discussion" className="scroll-mt-16 pt-8">
        <Section title="Discussion">
          <ThreadList target={{ type: 'source', id: sourceId }}>
            <p className="text-[14px] text-muted">
              Say what is to be known about the source as a whole, who is behind it or how far to trust it: an
              @ and a name tells that person.
            </p>
          </ThreadList>
        </Section>
      </div>
      <div className="pt-8">
        {text.html === null ? (
          text.error === null ? (
            <Spinner label="Reading the version" />
          ) : null
        ) : (
          <VersionText
            key={`${shown} ${compared}`}
            html={text.html}
            before={text.before}
            marks={text.marks}
            label={`Version ${shown} of ${source.title}`}
            language={source.language}
            onAmounts={setAmounts}
            steps={steps}
          />
        )}
      </div>
    </div>
  );
}

function amountWords({ added, removed, moved }: Amounts): string {
  if (added + removed + moved === 0) return 'Nothing in the words changed';
  const parts = [
    added > 0 ? `${added} put in` : '',
    removed > 0 ? `${removed} taken out` : '',
    moved > 0 ? `${moved} moved` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
