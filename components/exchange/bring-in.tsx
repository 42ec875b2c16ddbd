'use client';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { whyNot } from '@/lib/access/why-not';
import type { Columns } from '@/lib/exchange/columns';
import type { ImportReport } from '@/lib/exchange/import-report';
import { useProject } from '../live/project-context';
import { RoomLine } from '../live/room-line';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { wordsFor } from '../ui/use-action';
import { ColumnMapper } from './columns';
import { Report } from './import-report';

type State =
  | { is: 'empty' }
  | { is: 'reading' }
  | { is: 'shown' | 'looking' | 'coming'; file: File; report: ImportReport; columns?: Columns | undefined }
  | { is: 'done'; report: ImportReport };

/** Brings a file in: first what would come and what can't, then all of it or nothing. */
export function BringIn() {
  const { project, role } = useProject((state) => ({ project: state.project, role: state.project.role }));
  const [state, setState] = useState<State>({ is: 'empty' });
  const [error, setError] = useState<string | null>(null);
  const reason = whyNot(role, 'project.import');

  async function send(file: File, dryRun: 'true' | 'false', columns?: Columns): Promise<ImportReport | null> {
    setError(null);
    const body = new FormData();
    body.set('file', file);
    if (columns) body.set('columns', JSON.stringify(columns));
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
  async function lookAgain(file: File, before: ImportReport, columns: Columns) {
    setState({ is: 'looking', file, report: before });
    const report = await send(file, 'true', columns);
    // What the table was taken for is what is brought in.
    setState({ is: 'shown', file, report: report ?? before, columns: report?.table ?? before.table });
  }
  async function bring(file: File, report: ImportReport, columns?: Columns) {
    setState({ is: 'coming', file, report, columns });
    const came = await send(file, 'false', columns);
    setState(came ? { is: 'done', report: came } : { is: 'shown', file, report, columns });
  }

  return (
    <Section
      title="Bring in"
      about="A QDPX or QDC of another program, a project of Taguette (SQLite), annotations of the W3C’s standard, of Hypothesis or of Zotero (JSON), a table of codings or codes (CSV), or an export of Gloss. You see first what would come."
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
      <RoomLine of={['sources', 'file-bytes', 'annotations', 'notes']} />
      {'file' in state && state.report.table ? (
        <ColumnMapper
          table={state.report.table}
          isDisabled={state.is !== 'shown'}
          onChange={(columns) => void lookAgain(state.file, state.report, columns)}
        />
      ) : null}
      {'report' in state ? <Report report={state.report} /> : null}
      {'file' in state ? (
        <div className="flex gap-3">
          <Button
            look="primary"
            isDisabled={state.is === 'looking'}
            isPending={state.is === 'coming'}
            onPress={() => void bring(state.file, state.report, state.columns)}
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
