'use client';

import { type Ref, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';
import type { SourcePreview } from '@/lib/sources/source';
import { excerpt } from './excerpt';
import type { Keep } from './import-request';
import { publishedWords } from './published-words';

const SHOWN = 40_000;
/** What scrolls has to be reachable by keyboard, though nothing in it can be pressed. */
const REACHABLE = { tabIndex: 0 };

/** What was read, before it is saved: the title can be changed, the page furniture at the end left out. */
export function LookAtSource({
  preview,
  isSaving,
  onSave,
  onBack,
  onCancel,
}: {
  preview: SourcePreview;
  isSaving: boolean;
  onSave: (keep: Omit<Keep, 'id'>) => void;
  onBack: () => void;
  onCancel: () => void;
}) {
  const [title, setTitle] = useState(preview.title);
  const [trims, setTrims] = useState(preview.furniture !== null);
  const [leavesComments, setLeaves] = useState(false);
  const { furniture } = preview;
  const cut = useRef<HTMLDivElement>(null);
  const about = [preview.siteName, preview.byline, publishedWords(preview.publishedAt)].filter(Boolean);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ title: title.trim(), trimAt: furniture && trims ? furniture.start : null, leavesComments });
      }}
    >
      <TextField
        label="Title"
        isRequired
        autoFocus
        maxLength={500}
        value={title}
        onChange={setTitle}
        isReadOnly={isSaving}
      />
      {about.length > 0 ? <p className="break-words text-[14px] text-muted">{about.join(' · ')}</p> : null}
      {preview.along.length > 0 ? (
        <Checkbox
          isSelected={!leavesComments}
          onChange={(brings) => setLeaves(!brings)}
          isDisabled={isSaving}
        >
          <span className="[overflow-wrap:anywhere]">{preview.along.join(' ')}</span>
        </Checkbox>
      ) : null}
      {preview.leftOut.length > 0 ? (
        <p className="break-words text-[14px] text-muted">Not brought in: {preview.leftOut.join(' ')}</p>
      ) : null}
      <PreviewText text={preview.text} cutAt={furniture?.start ?? null} isCut={trims} cutRef={cut} />
      {furniture ? (
        <div className="flex flex-wrap items-start justify-between gap-2">
          <Checkbox isSelected={trims} onChange={setTrims} isDisabled={isSaving}>
            Leave out the page furniture at the end: {furniture.reason}
          </Checkbox>
          <Button size="small" onPress={() => cut.current?.scrollIntoView({ block: 'center' })}>
            Show where
          </Button>
        </div>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button look="quiet" onPress={isSaving ? onCancel : onBack}>
          {isSaving ? 'Cancel' : 'Back'}
        </Button>
        <Button type="submit" look="primary" isPending={isSaving}>
          {isSaving ? 'Saving…' : 'Save and open it'}
        </Button>
      </div>
    </form>
  );
}

function PreviewText({
  text,
  cutAt,
  isCut,
  cutRef,
}: {
  text: string;
  cutAt: number | null;
  isCut: boolean;
  /** Where the furniture begins. */
  cutRef: Ref<HTMLDivElement>;
}) {
  return (
    <section
      aria-label="The text as it will be saved"
      {...REACHABLE}
      className="max-h-[40dvh] overflow-y-auto rounded-md border border-line bg-paper px-4 py-3 font-serif text-[16px] leading-relaxed"
    >
      <Part text={cutAt === null ? text : text.slice(0, cutAt)} />
      {cutAt === null ? null : (
        <div
          ref={cutRef}
          className={`mt-2 border-t-2 border-dashed border-edge bg-sunken px-2 py-1 text-muted ${isCut ? 'line-through decoration-1' : ''}`}
        >
          <Part text={text.slice(cutAt)} />
        </div>
      )}
    </section>
  );
}

function Part({ text }: { text: string }) {
  const { head, hidden, tail } = excerpt(text, SHOWN);
  return (
    <div className="whitespace-pre-wrap break-words" dir="auto">
      {head}
      {hidden > 0 ? (
        <span className="my-2 block font-sans text-[13px] text-muted">
          … {hidden.toLocaleString('en')} characters are kept but not shown here …
        </span>
      ) : null}
      {tail}
    </div>
  );
}
