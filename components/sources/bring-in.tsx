'use client';

import { useEffect, useEffectEvent } from 'react';
import { RoomLine } from '@/components/live/room-line';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { Spinner } from '@/components/ui/progress';
import { GiveSource } from './give-source';
import { LookAtSource } from './look-at-source';
import { ManyFiles } from './many-files';
import { useBringIn } from './use-bring-in';

const TITLES = {
  giving: 'Bring a source in',
  reading: 'Reading it…',
  looking: 'Is this right?',
  saving: 'Is this right?',
  many: 'Bring files in',
} as const;

export function BringIn({
  projectId,
  dropped,
  onTitle,
  onDone,
}: {
  projectId: string;
  dropped: readonly File[];
  onTitle: (title: string) => void;
  onDone: () => void;
}) {
  const { stage, error, read, readFiles, save, cancel, back } = useBringIn(projectId);
  const title = TITLES[stage.at];
  useEffect(() => onTitle(title), [title, onTitle]);
  const readDropped = useEffectEvent((files: readonly File[]) => readFiles(files));
  useEffect(() => {
    if (dropped.length > 0) readDropped(dropped);
  }, [dropped]);
  return (
    <>
      <FormError>{error}</FormError>
      {stage.at === 'saving' ? null : <RoomLine of={['sources', 'file-bytes']} />}
      {stage.at === 'giving' || stage.at === 'reading' ? (
        // The form stays mounted while it is read, so that a failure finds everything where it was.
        <div className={stage.at === 'reading' ? 'hidden' : 'contents'}>
          <GiveSource projectId={projectId} onGive={(given) => void read(given)} onFiles={readFiles} />
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
      {stage.at === 'many' ? <ManyFiles projectId={projectId} files={stage.files} onDone={onDone} /> : null}
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
