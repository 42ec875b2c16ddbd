'use client';

import { Ban, Check, CircleAlert, Clock } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Progress, Spinner } from '@/components/ui/progress';
import { type FileLine, leftOver } from './file-queue';
import { useFileQueue } from './use-file-queue';

/** What scrolls has to be reachable by keyboard, though nothing in it can be pressed. */
const REACHABLE = { tabIndex: 0 };
const WORDS: Record<FileLine['state'], string> = {
  waiting: 'waits',
  reading: 'is read',
  in: 'is in',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Several files on their way in: a line for each, and what came in stays whatever becomes of the others. */
export function ManyFiles({
  projectId,
  files,
  onDone,
}: {
  projectId: string;
  files: readonly File[];
  onDone: () => void;
}) {
  const { lines, isRunning, words, cancel, again } = useFileQueue(projectId, files);
  const rest = leftOver(lines).length;
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="break-words">
        {words}
      </p>
      <Progress label="Files that are in" value={Math.round((100 * (lines.length - rest)) / lines.length)} />
      <ul aria-label="Files" {...REACHABLE} className="max-h-[45dvh] overflow-y-auto border-y border-line">
        {lines.map((line) => (
          <Line key={line.id} line={line} projectId={projectId} />
        ))}
      </ul>
      <p className="text-[14px] text-muted">
        Each is saved whole under its own title. Comments of documents become discussions, under the names
        they have there; pictures and struck out changes of documents stay behind.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {isRunning ? (
          <Button autoFocus onPress={cancel}>
            Cancel the rest
          </Button>
        ) : (
          <>
            {rest > 0 ? (
              <Button onPress={again}>Try {rest === 1 ? 'it' : `the ${rest} left`} again</Button>
            ) : null}
            <Button look="primary" autoFocus onPress={onDone}>
              Done
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Line({ line, projectId }: { line: FileLine; projectId: string }) {
  const { state, name, why } = line;
  return (
    <li className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
      <span className="mt-1 grid size-4 shrink-0 place-items-center text-muted">
        <Sign state={state} />
      </span>
      <div className="min-w-0 grow">
        {state === 'in' ? (
          <Link className="break-words underline" href={`/projects/${projectId}/sources/${line.id}`}>
            {name}
          </Link>
        ) : (
          <span className="break-words">{name}</span>
        )}
        {why ? <p className="break-words text-[14px] text-danger">{why}</p> : null}
      </div>
      <span className="shrink-0 text-[14px] text-muted">{WORDS[state]}</span>
    </li>
  );
}

function Sign({ state }: { state: FileLine['state'] }) {
  if (state === 'reading') return <Spinner label="Reading it" />;
  const Icon = { waiting: Clock, in: Check, failed: CircleAlert, cancelled: Ban }[state];
  return <Icon aria-hidden className={`size-4 ${state === 'failed' ? 'text-danger' : ''}`} />;
}
