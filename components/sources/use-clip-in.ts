'use client';

import { call } from '@/components/ui/http';
import { wordsFor } from '@/components/ui/use-action';
import { useAttempt } from '@/components/ui/use-attempt';
import type { Selectors } from '@/lib/anchoring/describe';
import { fromSelection } from '@/lib/anchoring/from-selection';
import { newId } from '@/lib/new-id';
import type { Clip } from '@/lib/sources/clip';
import type { SourcePreview } from '@/lib/sources/source';
import { createBody, type Keep, previewBody } from './import-request';

export type ClipStage =
  | { at: 'asked' }
  | { at: 'reading' }
  | {
      at: 'looking' | 'saving';
      preview: SourcePreview;
      mark: Selectors | null;
      ids: { source: string; mark: string };
    }
  | { at: 'unmarked'; href: string; why: string };

/** Reads a page that was sent, and saves it with its mark: each by a press, and each can be tried again. */
export function useClipIn(clip: Clip, projectId: string) {
  const { stage, error, attempt, go, cancel } = useAttempt<ClipStage>({ at: 'asked' });
  const given = { way: 'page', html: clip.html, url: clip.url } as const;

  const read = () =>
    attempt({ back: { at: 'asked' }, during: { at: 'reading' } }, async (signal) => {
      const preview = await call('source.preview', {
        params: { projectId },
        body: previewBody(given),
        signal,
      });
      const mark = clip.selection === null ? null : fromSelection(preview.text, clip.selection);
      go({ at: 'looking', preview, mark, ids: { source: newId(), mark: newId() } });
    });

  const save = (keep: Omit<Keep, 'id'>) => {
    if (stage.at !== 'looking') return;
    const { ids, mark } = stage;
    return attempt({ back: stage, during: { ...stage, at: 'saving' } }, async (signal) => {
      const body = createBody(given, { ...keep, id: ids.source });
      await call('source.create', { params: { projectId }, body, signal });
      const href = `/projects/${projectId}/sources/${ids.source}`;
      const isKept = mark !== null && (keep.trimAt === null || mark[0].end <= keep.trimAt);
      const why = isKept ? await makeMark(projectId, ids, mark) : null;
      if (why !== null) go({ at: 'unmarked', href, why });
      // Opened anew, so that the page shares no window with the one that sent it.
      else window.location.assign(isKept ? `${href}?mark=${ids.mark}` : href);
    });
  };

  return { stage, error, read, save, cancel, back: () => go({ at: 'asked' }) };
}

/** Makes the quote; the source stands by now, so a failure is told and nothing is undone. Returns why it was not made. */
async function makeMark(
  projectId: string,
  ids: { source: string; mark: string },
  selector: Selectors,
): Promise<string | null> {
  try {
    await call('annotation.create', {
      params: { projectId },
      body: { id: ids.mark, sourceId: ids.source, version: 1, motivation: 'quoting', selector },
    });
    return null;
  } catch (cause) {
    return wordsFor(cause);
  }
}
