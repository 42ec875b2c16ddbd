'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { NoteJson } from '@/lib/notes/authorship';
import type { NoteVersion } from '@/lib/notes/version';
import { Button, IconButton } from '../../ui/button';
import { FormError } from '../../ui/form-error';
import { call } from '../../ui/http';
import { Spinner } from '../../ui/progress';
import { Select } from '../../ui/select';
import { useAction } from '../../ui/use-action';
import type { ChipFacts, ChipSource } from '../chip-source';
import { AuthorLegend } from './author-legend';
import { HistoryText, type Steps } from './history-text';
import { NameVersion } from './name-version';
import { RestoreVersion } from './restore-version';
import { useVersion } from './use-history';
import { usePicture } from './use-picture';
import { amount, byWhom, titleOf } from './version-words';

export type Against = 'nothing' | 'now' | (string & {});

/** One version: to read, to see who wrote what, to compare, to name and to bring back. */
export function VersionView({
  version,
  others,
  present,
  chips,
  canWrite,
  isDamaged,
  onShow,
  onChanged,
  onDone,
}: {
  version: NoteVersion;
  /** What it can be compared with. */
  others: readonly NoteVersion[];
  /** The note as it stands on this page. */
  present: () => NoteJson;
  chips: ChipSource;
  canWrite: boolean;
  isDamaged: boolean;
  onShow: (facts: ChipFacts) => void;
  onChanged: () => void;
  onDone: () => void;
}) {
  const [against, setAgainst] = useState<Against>('nothing');
  const [byAuthor, setByAuthor] = useState(false);
  const [naming, setNaming] = useState(false);
  const [said, setSaid] = useState('');
  const steps = useRef<Steps>(null);
  const now = new Date();
  const other = others.find(({ id }) => id === against) ?? null;
  const mine = useVersion(version, version);
  const theirs = useVersion(version, other);
  const picture = usePicture({
    mine: { version, content: mine.content },
    theirs: against === 'now' ? 'now' : other && { version: other, content: theirs.content },
    present,
    byAuthor,
  });
  const params = { projectId: version.projectId, noteId: version.noteId, versionId: version.id };
  const rename = async (name: string | null) => {
    await call('note-version.update', { params, body: { name } });
    onChanged();
  };
  const unname = useAction(() => rename(null));
  const step = (selector: string, by: 1 | -1, what: string) => {
    const at = steps.current?.go(selector, by);
    if (at) setSaid(`${what}, ${at.at} of ${at.of}: ${at.words}`);
  };
  const title = titleOf(version, now);
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 grow flex-col">
      <div className="flex flex-col gap-2 border-b border-line px-4 pb-3">
        <h3 className="break-words font-medium">
          {title} <span className="font-normal text-muted">· {byWhom(version)}</span>
        </h3>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="small"
            aria-pressed={byAuthor}
            isDisabled={against !== 'nothing'}
            look={byAuthor ? 'primary' : 'secondary'}
            onPress={() => setByAuthor(!byAuthor)}
          >
            Colour by author
          </Button>
          <Select
            label="Compare with"
            labelHidden
            size="small"
            className="w-44"
            value={against}
            onChange={setAgainst}
            options={[
              { id: 'nothing', label: 'Compare with…' },
              { id: 'now', label: 'The note now' },
              ...others
                .filter(({ id }) => id !== version.id)
                .map((one) => ({ id: one.id, label: titleOf(one, now), hint: byWhom(one) })),
            ]}
          />
          {canWrite ? (
            <>
              <Button size="small" onPress={() => setNaming(true)}>
                {version.name === null ? 'Name it…' : 'Rename…'}
              </Button>
              {version.name === null ? null : (
                <Button size="small" isPending={unname.busy} onPress={() => void unname.run()}>
                  Remove name
                </Button>
              )}
              <RestoreVersion version={version} title={title} isDamaged={isDamaged} onDone={onDone} />
            </>
          ) : null}
        </div>
        {naming ? (
          <NameVersion
            label="Name of this version"
            name={version.name ?? ''}
            onKeep={rename}
            onClose={() => setNaming(false)}
          />
        ) : null}
        <FormError>{unname.error ?? mine.error ?? theirs.error}</FormError>
        {picture?.kind === 'version' && byAuthor ? (
          <AuthorLegend
            authors={picture.authors}
            onStep={(author) => step(`[data-author="${author.userId}"]`, 1, `Written by ${author.name}`)}
          />
        ) : null}
        {picture?.kind === 'comparison' ? (
          <div className="flex flex-wrap items-center gap-1 text-[13px] text-muted">
            <p role="status" className="grow">
              {picture.from} → {picture.to}: {amount(picture.added, picture.removed, picture.changes)}
            </p>
            {picture.changes > 0 ? (
              <>
                <IconButton label="Previous change" onPress={() => step('[data-step]', -1, 'Change')}>
                  <ArrowUp aria-hidden className="size-4" />
                </IconButton>
                <IconButton label="Next change" onPress={() => step('[data-step]', 1, 'Change')}>
                  <ArrowDown aria-hidden className="size-4" />
                </IconButton>
              </>
            ) : null}
          </div>
        ) : null}
        <p role="status" className="sr-only">
          {said}
        </p>
      </div>
      {picture === null ? (
        <div className="p-4">{mine.error ? null : <Spinner label="Reading this version" />}</div>
      ) : picture.kind === 'unreadable' ? (
        <p className="p-4 text-muted">
          This version was written with another version of Gloss. Reload the page to read it.
        </p>
      ) : (
        <HistoryText
          doc={picture.doc}
          paint={picture.paint}
          chips={chips}
          label={picture.kind === 'comparison' ? 'What changed' : 'The note as it was'}
          onShow={onShow}
          steps={steps}
        />
      )}
    </section>
  );
}
