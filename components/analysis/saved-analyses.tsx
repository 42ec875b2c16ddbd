'use client';
import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import type { AnalysisQuery } from '@/lib/analysis/analysis';
import { useProject } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { useAction, wordsFor } from '../ui/use-action';
import { useCall } from '../ui/use-call';

/** Analyses that the project keeps; each can stand in a note, where a living search offers them. */
export function SavedAnalyses({
  query,
  suggested,
  onPick,
}: {
  query: AnalysisQuery;
  suggested: string;
  onPick: (query: AnalysisQuery) => void;
}) {
  const { projectId, role, me, lastEventId } = useProject((state) => ({
    projectId: state.project.id,
    role: state.role,
    me: state.me.id,
    lastEventId: state.lastEventId,
  }));
  const { data, error } = useCall(
    (signal) => call('saved-analysis.list', { params: { projectId }, query: { limit: 200 }, signal }),
    String(lastEventId),
  );
  const [name, setName] = useState<string | null>(null);
  const keep = useAction(async () => {
    await call('saved-analysis.create', {
      params: { projectId },
      body: { name: (name ?? '').trim(), query },
    });
    setName(null);
  });
  const remove = useAction(async (analysisId: string, called: string, revision: number) => {
    const params = { projectId, analysisId };
    await call('saved-analysis.delete', { params, ifMatch: revision });
    const restore = () =>
      void call('saved-analysis.restore', { params }).catch((cause) =>
        toast({ text: wordsFor(cause), tone: 'danger' }),
      );
    toast({ text: `“${called}” was deleted`, action: { label: 'Undo', onPress: restore } });
  });
  const saved = data?.items ?? [];
  return (
    <section aria-label="Saved analyses" className="flex flex-col gap-2">
      <ul className="flex flex-wrap items-center gap-2">
        {saved.map((one) => (
          <li key={one.id} className="inline-flex max-w-full items-center rounded-md border border-line">
            <button
              type="button"
              onClick={() => onPick(one.query)}
              className="min-h-7 min-w-0 truncate rounded-s-md px-2 text-[13px] hover:bg-hover"
            >
              {one.name}
            </button>
            {one.creator.id === me || can(role, 'analysis.delete-any') ? (
              <IconButton
                label={`Delete ${one.name}`}
                className="size-7"
                onPress={() => void remove.run(one.id, one.name, one.revision)}
              >
                <X aria-hidden className="size-3.5" />
              </IconButton>
            ) : null}
          </li>
        ))}
        {can(role, 'analysis.save') && name === null ? (
          <li>
            <Button size="small" look="quiet" onPress={() => setName(suggested)}>
              <Bookmark aria-hidden className="size-3.5" />
              Save this analysis
            </Button>
          </li>
        ) : null}
      </ul>
      {name === null ? null : (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void keep.run();
          }}
        >
          <TextField label="Name" autoFocus isRequired maxLength={120} value={name} onChange={setName} />
          <Button type="submit" look="primary" isPending={keep.busy} isDisabled={name.trim() === ''}>
            Save
          </Button>
          <Button onPress={() => setName(null)}>Cancel</Button>
        </form>
      )}
      <FormError>{error ?? keep.error ?? remove.error}</FormError>
    </section>
  );
}
