'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { Source } from '@/lib/sources/source';
import type { NewSourceVersion } from '@/lib/sources/version';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { toast } from '../ui/toasts';
import { wordsFor } from '../ui/use-action';
import { draftFor, GiveVersion, type VersionDraft } from './give-version';

/** Brings a new version of a source in, and leads to the report on its marks. What was typed stays until it is saved. */
export function NewVersionDialog({
  source,
  isOpen,
  onClose,
}: {
  source: Source;
  isOpen: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  // Kept here, where it outlives the dialog: closing it by mistake throws nothing away.
  const [draft, setDraft] = useState<VersionDraft>(() => draftFor(source));
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const base = `/projects/${source.projectId}/sources/${source.id}`;
  const bring = async (body: NewSourceVersion | FormData) => {
    const abort = new AbortController();
    running.current = abort;
    setBusy(true);
    setError(null);
    try {
      const { version, made, report, discussions, passagesLost } = await call('source-version.create', {
        params: { projectId: source.projectId, sourceId: source.id },
        body,
        signal: abort.signal,
      });
      setDraft(draftFor(source));
      onClose();
      if (!made) {
        const same = `the text is that of version ${version}.`;
        toast({
          text:
            discussions > 0
              ? `${talkOf(discussions).trim()} Nothing else changed: ${same}`
              : `Nothing changed: ${same}`,
        });
        if (discussions > 0) router.refresh();
        return;
      }
      const asks = report.changed + report.ambiguous + report.lost > 0;
      toast({ text: `Version ${version} is here.${talkOf(discussions)}${lostOf(passagesLost)}` });
      router.push(asks ? `${base}/report` : base);
      router.refresh();
    } catch (cause) {
      if (!abort.signal.aborted) setError(wordsFor(cause));
    } finally {
      if (running.current === abort) running.current = null;
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`New version of ${source.title}`}
      isOpen={isOpen}
      onClose={() => {
        running.current?.abort();
        onClose();
      }}
      width="max-w-2xl"
    >
      <FormError>{error}</FormError>
      <div className={isBusy ? 'hidden' : 'contents'}>
        <GiveVersion
          source={source}
          draft={draft}
          onDraft={(edit) => setDraft((before) => ({ ...before, ...edit }))}
          onGive={(body) => void bring(body)}
        />
      </div>
      {isBusy ? (
        <div className="flex flex-col items-start gap-4 py-6">
          <div role="status" className="flex items-center gap-3">
            <Spinner label="Reading the new version" size={20} />
            Reading it and finding the place of every mark.
          </div>
          <Button autoFocus onPress={() => running.current?.abort()}>
            Cancel
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}

/** What came in beside the text, in words. */
/** What whoever made a version must know of passages that are protected. */
function lostOf(passages: number): string {
  if (passages === 0) return '';
  const which = passages === 1 ? 'A protected passage was' : `${passages} protected passages were`;
  return ` ${which} not found in it: all of its text is blacked out for others until you say where it stands, under “Protect”.`;
}

function talkOf(discussions: number): string {
  if (discussions === 0) return '';
  return discussions === 1 ? ' A discussion came in.' : ` ${discussions} discussions came in.`;
}
