'use client';

import { FileUp } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '@/components/ui/button';
import { Tabs } from '@/components/ui/tabs';
import { TextArea, TextField } from '@/components/ui/text-field';
import { READABLE_FILES } from '@/lib/sources/readable-files';
import type { Way } from './draft';
import { FileDrop } from './file-drop';
import type { Given } from './import-request';
import { useDraft } from './use-draft';

/** The three ways to give a source. */
export function GiveSource({
  projectId,
  onGive,
  onFiles,
}: {
  projectId: string;
  onGive: (given: Given) => void;
  onFiles: (files: readonly File[]) => void;
}) {
  const { draft, change, fits } = useDraft(projectId);
  return (
    <Tabs
      label="How to bring it in"
      selected={draft.way}
      onSelect={(way) => change({ way: way as Way })}
      tabs={[
        {
          id: 'text',
          label: 'Paste text',
          content: (
            <form
              className="flex flex-col gap-3 pt-4"
              onSubmit={(event) => {
                event.preventDefault();
                onGive({ way: 'text', text: draft.text });
              }}
            >
              <TextArea
                label="The text"
                hint={
                  fits
                    ? 'Its first line becomes the title; you can change that next. What you paste is kept in this tab until it is saved.'
                    : 'This text is too long to be kept in this tab: do not close it before the source is saved.'
                }
                rows={12}
                autoFocus
                isRequired
                maxLength={5_000_000}
                value={draft.text}
                onChange={(text) => change({ text })}
              />
              <Next isDisabled={draft.text.trim() === ''} />
            </form>
          ),
        },
        {
          id: 'url',
          label: 'From an address',
          content: (
            <form
              className="flex flex-col gap-3 pt-4"
              onSubmit={(event) => {
                event.preventDefault();
                onGive({ way: 'url', url: draft.url });
              }}
            >
              <TextField
                label="Address of the page"
                hint={
                  <>
                    A public page. Is it behind a login?{' '}
                    <Link
                      href={`/clip?project=${projectId}`}
                      className="rounded text-accent underline underline-offset-2"
                    >
                      Send it from your browser
                    </Link>
                    , or paste its text.
                  </>
                }
                inputMode="url"
                placeholder="https://"
                autoComplete="off"
                spellCheck="false"
                isRequired
                maxLength={4_000}
                value={draft.url}
                onChange={(url) => change({ url })}
              />
              <Next isDisabled={draft.url.trim() === ''} />
            </form>
          ),
        },
        { id: 'file', label: 'Files', content: <GiveFiles onFiles={onFiles} /> },
      ]}
    />
  );
}

function Next({ isDisabled }: { isDisabled: boolean }) {
  return (
    <Button type="submit" look="primary" className="self-end" isDisabled={isDisabled}>
      Read it
    </Button>
  );
}

function GiveFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const give = (chosen: readonly File[]) => {
    setFile(chosen[0] ?? null);
    onFiles(chosen);
  };
  return (
    <FileDrop onFiles={give} className="mt-4 rounded-lg border border-dashed border-edge">
      <div className="flex flex-col items-center gap-3 px-4 py-10 text-center">
        <FileUp aria-hidden className="size-6 text-muted" />
        <p className="text-muted">
          Drop PDF files, Word and OpenDocument texts (.docx, .odt), books (.epub), web pages (.html, .mhtml),
          captions (.vtt, .srt) or texts (.txt, .md) here. One is shown before it is saved; several are saved
          at once.
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={READABLE_FILES}
            onSelect={(files) => give([...(files ?? [])])}
          >
            <Button>Choose files</Button>
          </FileTrigger>
          {file ? <Button onPress={() => give([file])}>Read {file.name} again</Button> : null}
        </div>
      </div>
    </FileDrop>
  );
}
