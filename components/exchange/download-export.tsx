'use client';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type ExportFormat, type ExportProfile, fileNameOf } from '@/lib/exchange/formats';
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
  bytes,
}: {
  project: { id: string; name: string };
  format: ExportFormat;
  profile: ExportProfile;
  /** How large the file will be; `null` while that is not known. */
  bytes: number | null;
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
      const wish = { params: { projectId: project.id, format }, query: { profile } };
      const file = await download('export.download', { ...wish, signal: running.signal }, (come) =>
        setState({ is: 'coming', bytes: come }),
      );
      hand(file, fileNameOf(project.name, format));
      setState({ is: 'done', bytes: file.size });
    } catch (cause) {
      setState({ is: running.signal.aborted ? 'cancelled' : 'ready' });
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
        <Button look="primary" onPress={() => void begin()}>
          <Download aria-hidden className="size-4" />
          Download{bytes === null ? '' : ` (${sizeOf(bytes)})`}
        </Button>
      )}
      <p role="status" className="text-[14px] text-muted">
        {state.is === 'done'
          ? `${fileNameOf(project.name, format)} is downloaded.`
          : state.is === 'cancelled'
            ? 'Cancelled. Nothing was downloaded.'
            : ''}
      </p>
      <FormError>{error}</FormError>
    </div>
  );
}
