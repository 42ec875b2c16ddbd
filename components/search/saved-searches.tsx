'use client';
import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import { useProject } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { TextField } from '../ui/text-field';
import { useAction } from '../ui/use-action';
import { useCall } from '../ui/use-call';

/** Searches that are kept under a name, for oneself or for the team. */
export function SavedSearches({ q, onPick }: { q: string; onPick: (q: string) => void }) {
  const { projectId, role, me } = useProject((state) => ({
    projectId: state.project.id,
    role: state.role,
    me: state.me.id,
  }));
  const { data, error, reload } = useCall((signal) =>
    call('saved-search.list', { params: { projectId }, signal }),
  );
  const [name, setName] = useState<string | null>(null);
  const keep = useAction(async () => {
    await call('saved-search.create', {
      params: { projectId },
      body: { name: (name ?? '').trim(), q, shared: true },
    });
    setName(null);
    reload();
  });
  const remove = useAction(async (savedSearchId: string, revision: number) => {
    await call('saved-search.delete', { params: { projectId, savedSearchId }, ifMatch: revision });
    reload();
  });
  const saved = data?.items ?? [];
  const mayKeep = can(role, 'saved-search.create');
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {saved.map((one) => (
          <span key={one.id} className="inline-flex items-center rounded-md border border-line">
            <button
              type="button"
              onClick={() => onPick(one.q)}
              title={one.q}
              className="min-h-7 rounded-s-md px-2 text-[13px] hover:bg-hover"
            >
              {one.name}
            </button>
            {one.creator.id === me || can(role, 'saved-search.delete-any') ? (
              <IconButton
                label={`Forget ${one.name}`}
                className="size-7"
                onPress={() => void remove.run(one.id, one.revision)}
              >
                <X aria-hidden className="size-3.5" />
              </IconButton>
            ) : null}
          </span>
        ))}
        {mayKeep && q !== '' && name === null && !saved.some((one) => one.q === q) ? (
          <Button size="small" look="quiet" onPress={() => setName(q.slice(0, 60))}>
            <Bookmark aria-hidden className="size-3.5" />
            Keep this search
          </Button>
        ) : null}
      </div>
      {name === null ? null : (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void keep.run();
          }}
        >
          <TextField label="Name" autoFocus isRequired maxLength={100} value={name} onChange={setName} />
          <Button type="submit" look="primary" isPending={keep.busy} isDisabled={name.trim() === ''}>
            Keep
          </Button>
          <Button look="quiet" onPress={() => setName(null)}>
            Cancel
          </Button>
        </form>
      )}
      <FormError>{error ?? keep.error ?? remove.error}</FormError>
    </div>
  );
}
