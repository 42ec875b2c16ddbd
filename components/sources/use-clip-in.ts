'use client';

import { useEffect, useRef, useState } from 'react';
import { call } from '@/components/ui/http';
import { wordsFor } from '@/components/ui/use-action';
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
  const [stage, setStage] = useState<ClipStage>({ at: 'asked' });
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const given = { way: 'page', html: clip.html, url: clip.url } as const;

  async function attempt(back: ClipStage, work: (signal: AbortSignal) => Promise<void>) {
    const abort = new AbortController();
    running.current = abort;
    setError(null);
    try {
      await work(abort.signal);
    } catch (cause) {
      setStage(back);
      if (!abort.signal.aborted) setError(wordsFor(cause));
    }
  }

  const read = () => {
    setStage({ at: 'reading' });
    return attempt({ at: 'asked' }, async (signal) => {
      const preview = await call('source.preview', {
        params: { projectId },
        body: previewBody(given),
        signal,
      });
      const mark = clip.selection === null ? null : fromSelection(preview.text, clip.selection);
      setStage({ at: 'looking', preview, mark, ids: { source: newId(), mark: newId() } });
    });
  };

  const save = (keep: Omit<Keep, 'id'>) => {
    if (stage.at !== 'looking') return;
    const { ids, mark } = stage;
    setStage({ ...stage, at: 'saving' });
    return attempt(stage, async (signal) => {
      const body = createBody(given, { ...keep, id: ids.source });
      await call('source.create', { params: { projectId }, body, signal });
      const href = `/projects/${projectId}/sources/${ids.source}`;
      const isKept = mark !== null && (keep.trimAt === null || mark[0].end <= keep.trimAt);
      const why = isKept ? await makeMark(projectId, ids, mark) : null;
      if (why !== null) setStage({ at: 'unmarked', href, why });
      // Opened anew, so that the page shares no window with the one that sent it.
      else window.location.assign(isKept ? `${href}?mark=${ids.mark}` : href);
    });
  };

  return {
    stage,
    error,
    read,
    save,
    cancel: () => running.current?.abort(),
    back: () => setStage({ at: 'asked' }),
  };
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
