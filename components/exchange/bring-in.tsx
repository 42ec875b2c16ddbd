'use client';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { whyNot } from '@/lib/access/why-not';
import type { ImportReport } from '@/lib/exchange/import-report';
import { useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { wordsFor } from '../ui/use-action';
import { LossItems } from './loss-list';

type State =
  | { is: 'empty' }
  | { is: 'reading' }
  | { is: 'shown'; file: File; report: ImportReport }
  | { is: 'coming'; file: File; report: ImportReport }
  | { is: 'done'; report: ImportReport };

/** Brings a file in: first what would come and what can't, then all of it or nothing. */
export function BringIn() {
  const { project, role } = useProject((state) => ({ project: state.project, role: state.project.role }));
  const [state, setState] = useState<State>({ is: 'empty' });
  const [error, setError] = useState<string | null>(null);
  const reason = whyNot(role, 'project.import');

  async function send(file: File, dryRun: 'true' | 'false'): Promise<ImportReport | null> {
    setError(null);
    const body = new FormData();
    body.set('file', file);
    try {
      return await call('import.create', { params: { projectId: project.id }, query: { dryRun }, body });
    } catch (cause) {
      setError(wordsFor(cause));
      return null;
    }
  }
  async function look(file: File) {
    setState({ is: 'reading' });
    const report = await send(file, 'true');
    setState(report ? { is: 'shown', file, report } : { is: 'empty' });
  }
  async function bring(file: File, report: ImportReport) {
    setState({ is: 'coming', file, report });
    const came = await send(file, 'false');
    setState(came ? { is: 'done', report: came } : { is: 'shown', file, report });
  }

  return (
    <Section
      title="Bring in"
      about="A QDPX or QDC of another program, annotations of the W3C’s standard or of Hypothesis, or an export of Gloss. You see first what would come."
    >
      <div className="flex flex-col items-start gap-1">
        <FileTrigger onSelect={(files) => files?.[0] && void look(files[0])}>
          <Button
            isDisabled={reason !== null}
            isPending={state.is === 'reading'}
            aria-describedby="why-no-import"
          >
            <FileUp aria-hidden className="size-4" />
            {state.is === 'reading' ? 'Reading the file' : 'Choose a file'}
          </Button>
        </FileTrigger>
        <Because id="why-no-import" reason={reason} />
      </div>
      <FormError>{error}</FormError>
      {'report' in state ? <Report report={state.report} /> : null}
      {state.is === 'shown' || state.is === 'coming' ? (
        <div className="flex gap-3">
          <Button
            look="primary"
            isPending={state.is === 'coming'}
            onPress={() => void bring(state.file, state.report)}
          >
            Bring it in
          </Button>
          <Button isDisabled={state.is === 'coming'} onPress={() => setState({ is: 'empty' })}>
            Leave it
          </Button>
        </div>
      ) : null}
      <p role="status" className="text-muted">
        {state.is === 'done' ? 'It is in the project now.' : ''}
      </p>
    </Section>
  );
}

function Report({ report }: { report: ImportReport }) {
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <table className="w-full text-start">
        <thead className="text-[13px] text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 text-start font-medium">
              In the file
            </th>
            <th scope="col" className="py-1.5 text-end font-medium">
              New
            </th>
            <th scope="col" className="py-1.5 text-end font-medium">
              Here already
            </th>
          </tr>
        </thead>
        <tbody>
          {report.items.map(({ what, added, there }) => (
            <tr key={what} className="border-b border-line">
              <th scope="row" className="py-1.5 text-start font-normal">
                {what}
              </th>
              <td className="py-1.5 text-end tabular-nums">{added.toLocaleString('en-GB')}</td>
              <td className="py-1.5 text-end tabular-nums">{there.toLocaleString('en-GB')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.losses.length > 0 ? (
        <>
          <h3 className="font-medium">What can’t come in, or comes changed</h3>
          <LossItems losses={report.losses} />
        </>
      ) : null}
    </div>
  );
}
