'use client';
import Link from 'next/link';
import { useState } from 'react';
import { EXPORT_FORMATS, type ExportFormat, type ExportProfile } from '@/lib/exchange/formats';
import { ONLY_FORMATS, type Only } from '@/lib/exchange/only';
import type { Note } from '@/lib/notes/note';
import { useProject } from '../live/project-context';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { PageHeading } from '../ui/page-heading';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { useCall } from '../ui/use-call';
import { BringIn } from './bring-in';
import { DownloadExport } from './download-export';
import { FormatChoice, FormatList } from './format-list';
import { LossList } from './loss-list';

const PROFILE_OPTIONS: { id: ExportProfile; label: string }[] = [
  { id: 'standard', label: 'The standard’s own' },
  { id: 'nvivo', label: 'NVivo for Windows' },
  { id: 'crlf', label: 'MAXQDA, ATLAS.ti' },
];

/** What leaves the project, in which format and with what left behind; and what comes in. Or one thing alone. */
export function ExchangePage({ only }: { only: Only | null }) {
  const project = useProject((state) => state.project);
  const thing = useProject(({ notes, sources }) =>
    only === null ? null : ((only.kind === 'note' ? notes : sources).get(only.id) ?? null),
  );
  const formats: readonly ExportFormat[] = only === null ? EXPORT_FORMATS : ONLY_FORMATS[only.kind];
  const [format, setFormat] = useState<ExportFormat>(formats[0] ?? 'gloss');
  const [wanted, setWanted] = useState<ExportProfile>('standard');
  const profile = format === 'qdpx' ? wanted : 'standard';
  const { data, error, isCurrent } = useCall(
    (signal) =>
      call('export.losses', {
        params: { projectId: project.id, format },
        query: { profile, ...(only && { [only.kind]: only.id }) },
        signal,
      }),
    `${format} ${profile}`,
  );
  const preview = isCurrent && error === null ? data : null;
  // Counted by the server when a preview is read, and here from then on.
  const [taken, setTaken] = useState<{ since: typeof data; count: number }>({ since: null, count: 0 });
  const count = taken.since === data ? taken.count : 0;
  const allowance = data && { ...data.allowance, left: Math.max(0, data.allowance.left - count) };
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-8">
      {only === null ? (
        <PageHeading title="Bring in, take out">
          Take the project out as a file: all that you may see in it, as it is now. Protected speakers are in
          every format by their pseudonyms.
        </PageHeading>
      ) : (
        <OneThing only={only} title={thing?.title ?? null} projectId={project.id} />
      )}
      <div className="grid grid-cols-1 items-start gap-x-12 gap-y-8 md:grid-cols-2">
        <FormatList formats={formats} value={format} onChange={setFormat} className="max-md:hidden" />
        <FormatChoice formats={formats} value={format} onChange={setFormat} className="md:hidden" />
        <div className="flex min-w-0 flex-col gap-5 md:sticky md:top-16">
          {format === 'qdpx' ? (
            <Select
              label="Places are counted as in"
              value={wanted}
              onChange={setWanted}
              options={PROFILE_OPTIONS}
              className="w-60"
            />
          ) : null}
          <DownloadExport
            key={`${format} ${profile}`}
            project={project}
            format={format}
            profile={profile}
            only={only}
            title={thing?.title ?? project.name}
            bytes={preview?.bytes ?? null}
            allowance={allowance}
            onTaken={() => setTaken({ since: data, count: count + 1 })}
          />
          <Section title="What stays behind">
            <FormError>{error}</FormError>
            <LossList preview={preview} isReading={error === null} />
          </Section>
        </div>
      </div>
      {only === null ? (
        <div className="mt-12 border-t border-line pt-8">
          <BringIn />
        </div>
      ) : null}
    </div>
  );
}

/** What is taken out alone, with the ways back to it and on to all of the project. */
function OneThing({ only, title, projectId }: { only: Only; title: string | null; projectId: string }) {
  const root = `/projects/${projectId}`;
  const beside = useProject(({ notes }) =>
    only.kind === 'source' ? ([...notes.values()].find((note) => isBeside(note, only.id))?.id ?? null) : null,
  );
  return (
    <>
      <PageHeading title={title === null ? `Take one ${only.kind} out` : `Take out “${title}”`}>
        {only.kind === 'note'
          ? 'This note alone, with its quotations and where they are from. Protected speakers are in every format by their pseudonyms.'
          : 'This source alone: its text with the marks on it, or the marks, as far as you may see them. Protected speakers are in every format by their pseudonyms.'}
      </PageHeading>
      <p className="flex flex-wrap gap-x-4 gap-y-1 pb-6 text-[14px]">
        <Link href={`${root}/${only.kind}s/${only.id}`} className={LINK}>
          Back to the {only.kind}
        </Link>
        {beside === null ? null : (
          // Another thing is another page: what was read of this one is not of that one.
          <a href={`${root}/exchange?note=${beside}`} className={LINK}>
            Take out the note beside it
          </a>
        )}
        <a href={`${root}/exchange`} className={LINK}>
          Take out all of the project
        </a>
      </p>
    </>
  );
}

const LINK = 'rounded text-accent underline underline-offset-2';
const isBeside = ({ sourceId, deleted }: Note, id: string) => sourceId === id && deleted === null;
