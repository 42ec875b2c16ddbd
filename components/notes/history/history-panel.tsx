'use client';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import type { NoteJson } from '@/lib/notes/authorship';
import type { Note } from '@/lib/notes/note';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Dialog } from '../../ui/dialog';
import { EmptyState } from '../../ui/empty-state';
import { FormError } from '../../ui/form-error';
import { call } from '../../ui/http';
import { Spinner } from '../../ui/progress';
import { useMedia } from '../../ui/use-media';
import type { ChipFacts, ChipSource } from '../chip-source';
import { NameVersion } from './name-version';
import { useHistory } from './use-history';
import { VersionList } from './version-list';
import { VersionView } from './version-view';

export type HistoryPanelProps = {
  note: Note;
  /** The note as it stands on this page. */
  present: () => NoteJson;
  chips: ChipSource;
  canWrite: boolean;
  /** The note can only be read until a version is brought back. */
  isDamaged: boolean;
  onShow: (facts: ChipFacts) => void;
  onClose: () => void;
};

/** How a note came to be: its kept states, one to read or two to compare. */
export function HistoryPanel({
  note,
  present,
  chips,
  canWrite,
  isDamaged,
  onShow,
  onClose,
}: HistoryPanelProps) {
  const place = { projectId: note.projectId, noteId: note.id };
  const [namedOnly, setNamedOnly] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const [naming, setNaming] = useState(false);
  const { versions, error, reload, more } = useHistory(place, namedOnly);
  const isNarrow = useMedia('(max-width: 719px)');
  const withId = (wanted: string | null) => versions?.find(({ id }) => id === wanted) ?? null;
  // What opened first stays on screen: a version that comes while one reads must not take its place.
  const newest = versions?.[0]?.id ?? null;
  if (newest !== null && withId(first) === null) setFirst(newest);
  const chosen = withId(picked) ?? (isNarrow ? null : withId(first));
  const isReading = chosen !== null;

  const list = (
    <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-1 md:w-64 md:shrink-0">
      {isDamaged ? (
        <p className="rounded-md bg-sunken p-3 text-[14px]">
          Something was stored in this note that must not be there, so it can only be read.{' '}
          {canWrite
            ? 'Bring a version back, and the note goes on from it. What can be saved of the rest is kept as a version too.'
            : 'Somebody who may write in it can bring a version back.'}
        </p>
      ) : null}
      {canWrite ? (
        <Button size="small" className="self-start" onPress={() => setNaming(true)}>
          {isDamaged ? 'Keep what can be saved of it…' : 'Name the note as it is now…'}
        </Button>
      ) : null}
      {naming ? (
        <NameVersion
          label="Name of this version"
          onKeep={async (name) => {
            const made = await call('note-version.create', { params: place, body: { name } });
            reload();
            if (!isNarrow) setPicked(made.id);
          }}
          onClose={() => setNaming(false)}
        />
      ) : null}
      <Checkbox isSelected={namedOnly} onChange={setNamedOnly}>
        Named versions only
      </Checkbox>
      <FormError>{error}</FormError>
      {versions === null ? (
        error === null ? (
          <Spinner label="Reading the history" />
        ) : null
      ) : versions.length === 0 ? (
        <EmptyState title={namedOnly ? 'Nothing has a name yet' : 'Nothing is kept yet'}>
          {namedOnly
            ? 'A named version stays for ever, such as the one that was sent.'
            : 'A version is kept whenever writing pauses or somebody else begins.'}
        </EmptyState>
      ) : (
        <VersionList versions={versions} chosen={chosen?.id ?? null} onChoose={setPicked} />
      )}
      {more ? (
        <Button size="small" className="self-start" onPress={more}>
          Earlier
        </Button>
      ) : null}
    </div>
  );

  return (
    <Dialog title={`History of ${note.title}`} isOpen onClose={onClose} width="max-w-6xl">
      <div className="flex h-[min(76dvh,52rem)] min-h-0 gap-4 font-sans text-[15px]">
        {isNarrow && isReading ? null : list}
        {chosen ? (
          <div className="flex min-h-0 min-w-0 grow flex-col gap-2">
            {isNarrow ? (
              <Button size="small" look="quiet" className="self-start" onPress={() => setPicked(null)}>
                <ChevronLeft aria-hidden className="size-4" /> All versions
              </Button>
            ) : null}
            <VersionView
              key={chosen.id}
              version={chosen}
              others={versions ?? []}
              present={present}
              chips={chips}
              canWrite={canWrite}
              isDamaged={isDamaged}
              onShow={(facts) => {
                onClose();
                onShow(facts);
              }}
              onChanged={reload}
              onDone={onClose}
            />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
