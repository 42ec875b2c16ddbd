'use client';
import { useState } from 'react';
import type { ExportFormat, ExportProfile } from '@/lib/exchange/formats';
import { useProject } from '../live/project-context';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { PageHeading } from '../ui/page-heading';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { useCall } from '../ui/use-call';
import { BringIn } from './bring-in';
import { DownloadExport } from './download-export';
import { FormatList } from './format-list';
import { LossList } from './loss-list';

const PROFILE_OPTIONS: { id: ExportProfile; label: string }[] = [
  { id: 'standard', label: 'The standard’s own' },
  { id: 'nvivo', label: 'NVivo for Windows' },
  { id: 'crlf', label: 'MAXQDA, ATLAS.ti' },
];

/** What leaves the project, in which format and with what left behind; and what comes in. */
export function ExchangePage() {
  const project = useProject((state) => state.project);
  const [format, setFormat] = useState<ExportFormat>('gloss');
  const [wanted, setWanted] = useState<ExportProfile>('standard');
  const profile = format === 'qdpx' ? wanted : 'standard';
  const { data, error, isCurrent } = useCall(
    (signal) =>
      call('export.losses', { params: { projectId: project.id, format }, query: { profile }, signal }),
    `${format} ${profile}`,
  );
  const preview = isCurrent && error === null ? data : null;
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-8">
      <PageHeading title="Bring in, take out">
        Take the project out as a file: all that you may see in it, as it is now. Protected speakers are in
        every format by their pseudonyms.
      </PageHeading>
      <div className="grid grid-cols-1 items-start gap-x-12 gap-y-8 md:grid-cols-2">
        <FormatList value={format} onChange={setFormat} />
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
          <Section title="What stays behind">
            <FormError>{error}</FormError>
            <LossList preview={preview} isReading={error === null} />
          </Section>
          <DownloadExport
            key={`${format} ${profile}`}
            project={project}
            format={format}
            profile={profile}
            bytes={preview?.bytes ?? null}
          />
        </div>
      </div>
      <div className="mt-12 border-t border-line pt-8">
        <BringIn />
      </div>
    </div>
  );
}
