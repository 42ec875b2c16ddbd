'use client';
import { Check, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { BACKINGS, type Backing, type Judged } from '@/lib/coverage/judge';
import { OBJECT } from '@/lib/coverage/statement';
import type { Note } from '@/lib/notes/note';
import { shorten } from '@/lib/words/shorten';
import { useProject } from '../../live/project-context';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FormError } from '../../ui/form-error';
import { call } from '../../ui/http';
import { Kbd } from '../../ui/kbd';
import { Select } from '../../ui/select';
import { Time } from '../../ui/time';
import { useAction } from '../../ui/use-action';
import type { ChipSource } from '../chip-source';
import { chipText } from '../chip-words';
import type { ThingSource } from '../thing-source';
import { useThings } from '../use-things';
import { BACKING_WORDS, CONCERN_WORDS, groundsWords } from './coverage-words';
import type { Line } from './use-coverage';

type Props = {
  note: Note;
  lines: readonly Line[];
  chips: ChipSource;
  canSign: boolean;
  onShow: (line: Line) => void;
  onClose: () => void;
};
type Shown = 'all' | 'unsigned' | Backing;

/** The draft sentence by sentence, with what backs each, for an editor to vouch for them one by one. */
export function CoverageLines({ note, lines, chips, canSign, onShow, onClose }: Props) {
  const params = { projectId: note.projectId, noteId: note.id };
  const things = useThings();
  const sources = useProject((state) => state.sources);
  const [shown, setShown] = useState<Shown>('all');
  const box = useRef<HTMLDivElement>(null);
  const sign = useAction(async ({ signed, signOff }: Line) => {
    if (signOff === null) await call('note-sign-off.create', { params, body: { statement: signed } });
    else await call('note-sign-off.remove', { params: { ...params, signOffId: signOff.id } });
  });
  const kept = lines.filter(
    ({ backing, signOff }) =>
      shown === 'all' || (shown === 'unsigned' ? signOff === null : backing === shown),
  );
  const rows = kept.map((line) => ({ id: `${line.statement.from} ${line.statement.text}`, line }));
  const signed = lines.filter(({ signOff }) => signOff !== null).length;
  return (
    <Dialog title={`Line by line: ${note.title}`} isOpen onClose={onClose} width="max-w-3xl">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="text-[14px] text-muted">
          {signed} of {lines.length} signed off.{' '}
          {canSign ? (
            <span className="max-md:hidden">
              <Kbd>S</Kbd> signs the sentence you are at, <Kbd>Enter</Kbd> shows it in the note.
            </span>
          ) : (
            'An editor signs them off.'
          )}
        </p>
        <Select
          label="Show"
          labelHidden
          size="small"
          className="w-44"
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          options={[
            { id: 'all', label: 'All sentences' },
            { id: 'unsigned', label: 'Not signed off' },
            ...BACKINGS.map((backing) => ({ id: backing, label: BACKING_WORDS[backing].name })),
          ]}
        />
      </div>
      <FormError>{sign.error}</FormError>
      {/* The list would look for a row that begins with the letter. */}
      <div
        ref={box}
        onKeyDownCapture={(event) => {
          if (event.key !== 's' || event.ctrlKey || event.metaKey || event.altKey || !canSign) return;
          const key = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]')?.dataset.key;
          const row = rows.find(({ id }) => id === key);
          if (row === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          void sign.run(row.line);
        }}
      >
        <GridList
          aria-label="Sentences"
          items={rows}
          onAction={(key) => {
            const row = rows.find(({ id }) => id === key);
            if (row) onShow(row.line);
          }}
          renderEmptyState={() => <p className="p-4 text-[14px] text-muted">There is no such sentence.</p>}
          className="flex max-h-[62dvh] flex-col overflow-y-auto border-t border-line outline-none"
        >
          {({ id, line }) => (
            <GridListItem
              id={id}
              textValue={line.statement.words.replaceAll(OBJECT, '…')}
              className="flex cursor-pointer flex-col gap-1 border-b border-line px-1 py-3 outline-offset-[-2px] hover:bg-hover sm:flex-row sm:gap-4"
            >
              <div className="flex min-w-0 grow flex-col gap-1">
                <Words line={line} chips={chips} things={things} />
                <p className="text-[13px] text-muted">
                  <span className="backed text-ink" data-backing={line.backing}>
                    {BACKING_WORDS[line.backing].name}
                  </span>{' '}
                  ·{' '}
                  {groundsWords(line, (source) => sources.get(source)?.title ?? 'A source that was removed')}
                </p>
                <Concerns line={line} />
              </div>
              <SignOff line={line} canSign={canSign} busy={sign.busy} onSign={() => void sign.run(line)} />
            </GridListItem>
          )}
        </GridList>
      </div>
    </Dialog>
  );
}

/** A sentence with its chips as the words they stand for. */
function Words({
  line: { statement },
  chips,
  things,
}: {
  line: Judged;
  chips: ChipSource;
  things: ThingSource;
}) {
  const named = statement.text.match(/\[(?:annotation|claim|source|note|person):[^\]]*\]/g) ?? [];
  const parts: { at: number; words: string; isChip: boolean }[] = [];
  let at = 0;
  for (const [place, words] of statement.words.split(OBJECT).entries()) {
    if (place > 0)
      parts.push({ at: at++, words: wordsOf(named[place - 1] ?? '', chips, things), isChip: true });
    parts.push({ at, words, isChip: false });
    at += words.length;
  }
  return (
    <p className="font-serif text-[16px] leading-snug [overflow-wrap:anywhere]" dir="auto">
      {parts
        .filter(({ words }) => words !== '')
        .map(({ at: key, words, isChip }) => (
          <span
            key={`${key} ${isChip}`}
            className={isChip ? 'rounded bg-accent-wash px-1 text-[14px]' : undefined}
          >
            {words}
          </span>
        ))}
    </p>
  );
}

function wordsOf(object: string, chips: ChipSource, things: ThingSource): string {
  const [kind = '', id = ''] = object.slice(1, -1).split(':');
  if (kind !== 'annotation') return shorten(things.look(kind, id).label, 80);
  const { annotation } = chips.look(id);
  return annotation === null ? '' : shorten(chipText(annotation), 80);
}

function Concerns({ line }: { line: Line }) {
  const other = line.concerns.filter((concern) => concern !== 'quotation-differs');
  return (
    <>
      {line.quotations
        .filter(({ result }) => result === 'differs')
        .map(({ from, parts }) => (
          <p key={from} className="text-[14px]">
            <span className="text-warning">Differs from its source: </span>
            {parts.map(({ kind, words }, index) => {
              const key = `${index} ${kind}`;
              if (kind === 'removed') return <del key={key}>{words}</del>;
              if (kind === 'added') return <ins key={key}>{words}</ins>;
              return <span key={key}>{words}</span>;
            })}
          </p>
        ))}
      {other.map((concern) => (
        <p key={concern} className="text-[13px] text-warning">
          {CONCERN_WORDS[concern]}
        </p>
      ))}
    </>
  );
}

function SignOff({
  line: { signOff },
  canSign,
  busy,
  onSign,
}: {
  line: Line;
  canSign: boolean;
  busy: boolean;
  onSign: () => void;
}) {
  return (
    <div className="flex shrink-0 items-center gap-2 self-start text-[13px] text-muted sm:w-40 sm:flex-col sm:items-end">
      {signOff === null ? null : (
        <span>
          {signOff.by.name}, <Time at={signOff.at} />
        </span>
      )}
      {canSign ? (
        <Button
          size="small"
          look={signOff === null ? 'secondary' : 'quiet'}
          isDisabled={busy}
          onPress={onSign}
        >
          {signOff === null ? (
            <>
              <Check aria-hidden className="size-4" /> Sign off
            </>
          ) : (
            <>
              <Undo2 aria-hidden className="size-4" /> Take back
            </>
          )}
        </Button>
      ) : null}
    </div>
  );
}
