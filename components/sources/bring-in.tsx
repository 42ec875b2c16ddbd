'use client';

import { useEffect, useEffectEvent } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { Spinner } from '@/components/ui/progress';
import { GiveSource } from './give-source';
import { LookAtSource } from './look-at-source';
import { useBringIn } from './use-bring-in';

const TITLES = {
  giving: 'Bring a source in',
  reading: 'Reading it…',
  looking: 'Is this right?',
  saving: 'Is this right?',
} as const;

export function BringIn({
  projectId,
  dropped,
  onTitle,
}: {
  projectId: string;
  dropped: File | null;
  onTitle: (title: string) => void;
}) {
  const { stage, error, read, save, cancel, back } = useBringIn(projectId);
  const title = TITLES[stage.at];
  useEffect(() => onTitle(title), [title, onTitle]);
  const readDropped = useEffectEvent((file: File) => void read({ way: 'file', file }));
  useEffect(() => {
    if (dropped) readDropped(dropped);
  }, [dropped]);
  return (
    <>
      <FormError>{error}</FormError>
      {stage.at === 'giving' || stage.at === 'reading' ? (
        // The form stays mounted while it is read, so that a failure finds everything where it was.
        <div className={stage.at === 'reading' ? 'hidden' : 'contents'}>
          <GiveSource projectId={projectId} onGive={(given) => void read(given)} />
        </div>
      ) : null}
      {stage.at === 'reading' ? (
        <div className="flex flex-col items-start gap-4 py-6">
          <div role="status" className="flex items-center gap-3">
            <Spinner label="Reading the source" size={20} />
            Fetching and reading. Large pages take some seconds.
          </div>
          <Button autoFocus onPress={cancel}>
            Cancel
          </Button>
        </div>
      ) : null}
      {stage.at === 'looking' || stage.at === 'saving' ? (
        <LookAtSource
          key={stage.id}
          preview={stage.preview}
          isSaving={stage.at === 'saving'}
          onBack={back}
          onCancel={cancel}
          onSave={(keep) => void save(keep)}
        />
      ) : null}
    </>
  );
}
