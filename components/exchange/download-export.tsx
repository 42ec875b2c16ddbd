'use client';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExportFormat, ExportProfile } from '@/lib/exchange/formats';
import { fileNameOf, type Only } from '@/lib/exchange/only';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { download } from '../ui/http';
import { Progress } from '../ui/progress';
import { wordsFor } from '../ui/use-action';

const sizeOf = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Hands a file that is whole to the browser, under a name. */
function hand(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Once the browser has taken it, and not before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Said before it bites: whoever takes a project out again and again should know why the button is grey. */
function allowanceWords({ left, of, seconds }: { left: number; of: number; seconds: number }): string {
  if (left === of) return `You may take ${of} exports an hour.`;
  const minutes = Math.ceil(seconds / 60);
  return `${left} of ${of} exports an hour are left; all are there again in ${minutes} minute${minutes === 1 ? '' : 's'}.`;
}

type State =
  | { is: 'ready' }
  | { is: 'coming'; bytes: number }
  | { is: 'done'; bytes: number }
  | { is: 'cancelled' };

/** Downloads the project in a format, tells how far it is, and can be cancelled. */
export function DownloadExport({
  project,
  format,
  profile,
  only = null,
  title = project.name,
  bytes,
  allowance,
  onTaken,
}: {
  project: { id: string; name: string };
  format: ExportFormat;
  profile: ExportProfile;
  /** The one thing that is taken out, and what it is called; all of the project where they are left out. */
  only?: Only | null;
  title?: string;
  /** How large the file will be; `null` while that is not known. */
  bytes: number | null;
  /** Exports that are left this hour, of how many, and seconds until all are there again; `null` while that is not known. */
  allowance: { left: number; of: number; seconds: number } | null;
  /** One of them was begun. */
  onTaken: () => void;
}) {
  const [state, setState] = useState<State>({ is: 'ready' });
  const [error, setError] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function begin() {
    const running = new AbortController();
    abort.current = running;
    setError(null);
    setState({ is: 'coming', bytes: 0 });
    try {
      const wish = {
        params: { projectId: project.id, format },
        query: { profile, ...(only && { [only.kind]: only.id }) },
      };
      const file = await download('export.download', { ...wish, signal: running.signal }, (come) =>
        setState({ is: 'coming', bytes: come }),
      );
      hand(file, fileNameOf(title, format, only));
      setState({ is: 'done', bytes: file.size });
      onTaken();
    } catch (cause) {
      setState({ is: running.signal.aborted ? 'cancelled' : 'ready' });
      // What was begun counts, cancelled or not.
      if (running.signal.aborted) onTaken();
      if (!running.signal.aborted) setError(wordsFor(cause));
    }
  }

  return (
    <div className="flex flex-col items-start gap-3">
      {state.is === 'coming' ? (
        <div className="flex w-full items-center gap-4">
          <Progress
            label="Downloading"
            value={bytes ? Math.min(100, Math.round((state.bytes / bytes) * 100)) : 0}
          />
          <Button onPress={() => abort.current?.abort()}>Cancel</Button>
        </div>
      ) : (
        <Button look="primary" isDisabled={allowance?.left === 0} onPress={() => void begin()}>
          <Download aria-hidden className="size-4" />
          Download{bytes === null ? '' : ` (${sizeOf(bytes)})`}
        </Button>
      )}
      <p role="status" className="text-[14px] text-muted">
        {state.is === 'done'
          ? `${fileNameOf(title, format, only)} is downloaded.`
          : state.is === 'cancelled'
            ? 'Cancelled. Nothing was downloaded.'
            : ''}
      </p>
      {allowance ? <p className="text-[13px] text-muted">{allowanceWords(allowance)}</p> : null}
      <FormError>{error}</FormError>
    </div>
  );
}
