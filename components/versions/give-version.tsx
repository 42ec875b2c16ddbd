'use client';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { READABLE_FILES } from '@/lib/sources/readable-files';
import type { Source } from '@/lib/sources/source';
import type { NewSourceVersion } from '@/lib/sources/version';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Tabs } from '../ui/tabs';
import { TextArea, TextField } from '../ui/text-field';
import { useCall } from '../ui/use-call';

type Give = (body: NewSourceVersion | FormData) => void;

/** What was typed for a new version; `corrected` is null until somebody changes the text. */
export type VersionDraft = { way: string; url: string; text: string; corrected: string | null };

/** Where giving a new version begins: at the address the source has, if it has one. */
export function draftFor({ url, canonicalUrl }: Source): VersionDraft {
  const address = url ?? canonicalUrl ?? '';
  return { way: address === '' ? 'text' : 'url', url: address, text: '', corrected: null };
}

type Drafting = {
  source: Source;
  draft: VersionDraft;
  onDraft: (edit: Partial<VersionDraft>) => void;
  onGive: Give;
};

/** The ways to give a new version: the page again, pasted text, a file, or the text at hand put right. */
export function GiveVersion({ source, draft, onDraft, onGive }: Drafting) {
  const { version } = source.text;
  const { way, url, text } = draft;
  return (
    <Tabs
      label="How the new version comes"
      selected={way}
      onSelect={(chosen) => onDraft({ way: chosen })}
      tabs={[
        {
          id: 'url',
          label: 'Address',
          content: (
            <form
              className="flex flex-col gap-3 pt-4"
              onSubmit={(event) => {
                event.preventDefault();
                const address = url.trim();
                onGive(address === source.url ? { version } : { url: address, version });
              }}
            >
              <TextField
                label="Address of the page"
                hint="It is fetched again. When nothing changed, no version is made."
                inputMode="url"
                autoComplete="off"
                spellCheck="false"
                isRequired
                maxLength={4_000}
                value={url}
                onChange={(typed) => onDraft({ url: typed })}
              />
              <Submit isDisabled={url.trim() === ''}>Fetch it</Submit>
            </form>
          ),
        },
        {
          id: 'text',
          label: 'Paste text',
          content: (
            <form
              className="flex flex-col gap-3 pt-4"
              onSubmit={(event) => {
                event.preventDefault();
                onGive({ text, version });
              }}
            >
              <TextArea
                label="The whole text, as it is now"
                rows={12}
                isRequired
                maxLength={5_000_000}
                value={text}
                onChange={(typed) => onDraft({ text: typed })}
              />
              <Submit isDisabled={text.trim() === ''}>Make it version {version + 1}</Submit>
            </form>
          ),
        },
        {
          id: 'file',
          label: 'File',
          content: <GiveFile version={version} onGive={onGive} />,
        },
        {
          id: 'correct',
          label: 'Correct it',
          content: <Correct source={source} draft={draft} onDraft={onDraft} onGive={onGive} />,
        },
      ]}
    />
  );
}

/** A file, with what is said beside its text or without. */
function GiveFile({ version, onGive }: { version: number; onGive: Give }) {
  const [bringsComments, setBrings] = useState(true);
  return (
    <div className="flex flex-col items-center gap-4 px-4 py-8 text-center">
      <p className="text-muted">
        A PDF, a Word or OpenDocument text, a book (.epub), a web page, captions or a text.
      </p>
      <FileTrigger
        acceptedFileTypes={READABLE_FILES}
        onSelect={(files) => {
          const file = files?.[0];
          if (!file) return;
          const body = new FormData();
          body.set('file', file, file.name);
          body.set('version', String(version));
          if (!bringsComments) body.set('comments', 'leave');
          onGive(body);
        }}
      >
        <Button>Choose a file</Button>
      </FileTrigger>
      <div className="max-w-md text-left text-[14px]">
        <Checkbox isSelected={bringsComments} onChange={setBrings}>
          Comments of a document become discussions, by the names it has. Those that are here do not come
          again.
        </Checkbox>
      </div>
    </div>
  );
}

/** The text as it stands, to be put right: for what was misread or mistyped when it was brought in. */
function Correct({ source, draft, onDraft, onGive }: Drafting) {
  const { version } = source.text;
  const { data, error } = useCall(
    (signal) => call('source.text', { params: { projectId: source.projectId, sourceId: source.id }, signal }),
    `${version}`,
  );
  if (error !== null) return <FormError>{error}</FormError>;
  if (data === null)
    return (
      <div className="py-6">
        <Spinner label="Reading the text" />
      </div>
    );
  const value = draft.corrected ?? data;
  return (
    <form
      className="flex flex-col gap-3 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        onGive({ corrected: value, version });
      }}
    >
      <TextArea
        label="The text"
        hint="Only for what was misread or mistyped here: a version says who corrected it, and the old one stays."
        rows={14}
        isRequired
        maxLength={5_000_000}
        value={value}
        onChange={(corrected) => onDraft({ corrected })}
      />
      {source.text.pageStarts === null ? null : (
        <p className="text-[14px] text-muted">
          The pages stay with version {version}, and so does the PDF: a corrected text is no longer what
          stands on them, so the new version is read as text alone.
        </p>
      )}
      <Submit isDisabled={value === data || value.trim() === ''}>Save the correction</Submit>
    </form>
  );
}

function Submit({ isDisabled, children }: { isDisabled: boolean; children: React.ReactNode }) {
  return (
    <Button type="submit" look="primary" className="self-end" isDisabled={isDisabled}>
      {children}
    </Button>
  );
}
