'use client';

import { useRouter } from 'next/navigation';
import { useActions } from '@/components/live/project-context';
import { call } from '@/components/ui/http';
import { toast } from '@/components/ui/toasts';
import { wordsFor } from '@/components/ui/use-action';
import { useAttempt } from '@/components/ui/use-attempt';
import { newId } from '@/lib/new-id';
import type { SourcePreview } from '@/lib/sources/source';
import { dropDraft } from './draft';
import { createBody, type Given, type Keep, previewBody, titleComesLater } from './import-request';

/** Where the bringing in stands. */
export type Stage =
  | { at: 'giving' }
  | { at: 'reading' }
  | { at: 'many'; files: readonly File[] }
  | { at: 'looking'; given: Given; preview: SourcePreview; id: string }
  | { at: 'saving'; given: Given; preview: SourcePreview; id: string };

/** Reads what was given, then saves it; each can be called off, and a failure leaves everything as it was typed. */
export function useBringIn(projectId: string) {
  const router = useRouter();
  const { learn } = useActions();
  const { stage, error, attempt, go, cancel } = useAttempt<Stage>({ at: 'giving' });

  const read = (given: Given) =>
    attempt({ back: { at: 'giving' }, during: { at: 'reading' } }, async (signal) => {
      const preview = await call('source.preview', {
        params: { projectId },
        body: previewBody(given),
        signal,
      });
      go({ at: 'looking', given, preview, id: newId() });
    });

  /** One file is looked at before it is saved; of several each is saved as it is. */
  const readFiles = (files: readonly File[]) => {
    const [file] = files;
    if (files.length > 1) go({ at: 'many', files });
    else if (file) void read({ way: 'file', file });
  };

  const save = (keep: Omit<Keep, 'id'>) => {
    if (stage.at !== 'looking') return;
    const { given, id } = stage;
    return attempt({ back: stage, during: { ...stage, at: 'saving' } }, async (signal) => {
      const body = createBody(given, { ...keep, id });
      const saved = await call('source.create', { params: { projectId }, body, signal });
      learn({ sources: [saved] });
      dropDraft(sessionStorage, projectId);
      if (titleComesLater(given, saved.title, keep.title)) {
        await retitle(saved, keep.title, (source) => learn({ sources: [source] }));
      }
      router.push(`/projects/${projectId}/sources/${saved.id}`);
    });
  };

  return { stage, error, read, readFiles, save, cancel, back: () => go({ at: 'giving' }) };
}

type Saved = { id: string; projectId: string; revision: number };

/** The source stands by now: a title that can't be set is no reason to stay. */
async function retitle(
  saved: Saved,
  title: string,
  learn: (source: Awaited<ReturnType<typeof update>>) => void,
) {
  try {
    learn(await update(saved, title));
  } catch (cause) {
    toast({ tone: 'danger', text: `The source is saved, but not under your title. ${wordsFor(cause)}` });
  }
}

function update(saved: Saved, title: string) {
  return call('source.update', {
    params: { projectId: saved.projectId, sourceId: saved.id },
    body: { title },
    ifMatch: saved.revision,
  });
}
