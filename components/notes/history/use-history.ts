import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { NoteVersion, NoteVersionContent } from '@/lib/notes/version';
import { useProject } from '../../live/project-context';
import { onSignal } from '../../live/signals';
import { call } from '../../ui/http';
import { wordsFor } from '../../ui/use-action';
import { useCall } from '../../ui/use-call';

const AT_ONCE = 100;
type Place = { projectId: string; noteId: string };

/** The kept states of a note, newest first, read again when there is news of it. */
export function useHistory({ projectId, noteId }: Place, namedOnly: boolean) {
  const kind = namedOnly ? ('named' as const) : undefined;
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, error, reload } = useCall((signal) =>
    call('note-version.list', { params: { projectId, noteId }, query: { limit, kind }, signal }),
  );
  const modified = useProject((state) => state.notes.get(noteId)?.modified);
  const wanted = `${modified} ${kind} ${limit}`;
  const last = useRef(wanted);
  useEffect(() => {
    if (last.current === wanted) return;
    last.current = wanted;
    reload();
  }, [wanted, reload]);
  useEffect(
    () => onSignal('note.versions', (news) => (news.noteId === noteId ? reload() : undefined)),
    [noteId, reload],
  );
  return {
    versions: data?.items ?? null,
    error,
    reload,
    more: data?.nextCursor ? () => setLimit((now) => Math.min(500, now + AT_ONCE)) : null,
  };
}

/** What a version says; kept while the panel is open, for a version does not change but for the newest moving on. */
export function useVersion({ projectId, noteId }: Place, version: NoteVersion | null) {
  const [contents, setContents] = useState<ReadonlyMap<string, NoteVersionContent>>(new Map());
  const [error, setError] = useState<string | null>(null);
  const key = version === null ? null : `${version.id} ${version.at}`;
  const read = useEffectEvent(async (wanted: string, versionId: string, signal: AbortSignal) => {
    setError(null);
    if (contents.has(wanted)) return;
    try {
      const content = await call('note-version.get', { params: { projectId, noteId, versionId }, signal });
      setContents((now) => new Map(now).set(wanted, content));
    } catch (cause) {
      if (!signal.aborted) setError(wordsFor(cause));
    }
  });
  const versionId = version?.id ?? null;
  useEffect(() => {
    if (key === null || versionId === null) return;
    const abort = new AbortController();
    void read(key, versionId, abort.signal);
    return () => abort.abort();
  }, [key, versionId]);
  return { content: key === null ? null : (contents.get(key) ?? null), error };
}
