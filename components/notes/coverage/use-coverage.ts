import type { Editor } from '@tiptap/core';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import { type Grounds, type Judged, judge, summarise } from '@/lib/coverage/judge';
import type { NoteSignOff } from '@/lib/coverage/sign-off';
import { signedText } from '@/lib/coverage/signed-text';
import { type Statement, statementsOf } from '@/lib/coverage/statement';
import type { Note } from '@/lib/notes/note';
import { useProject } from '../../live/project-context';
import { onSignal } from '../../live/signals';
import { call } from '../../ui/http';
import { useCall } from '../../ui/use-call';
import type { ChipSource } from '../chip-source';

/** After the last key, before the text is looked over again. */
const REST_MS = 200;

export type Line = Judged & {
  /** The sentence as it is signed off. */
  readonly signed: string;
  readonly signOff: NoteSignOff | null;
};
export type Coverage = {
  readonly lines: readonly Line[];
  readonly summary: ReturnType<typeof summarise>;
  readonly error: string | null;
  /** Claims are still being read: what is found without them would be wrong, and is not given. */
  readonly isComing: boolean;
};

/** What backs each sentence of an open note, as it is written and as marks, claims and sources change. */
export function useCoverage(editor: Editor, note: Note, chips: ChipSource): Coverage {
  const statements = useStatements(editor);
  const round = useChipChanges(chips, statements);
  const { signOffs, error: signOffError } = useSignOffs(note);
  const { claims, isComing, statuses, sources } = useProject((state) => ({
    claims: state.claims,
    isComing: state.coming.has('claims'),
    statuses: state.claimStatuses,
    sources: state.sources,
  }));
  const grounds = useMemo(() => {
    const open = new Set(statuses.filter(({ isOpen }) => isOpen).map(({ key }) => key));
    return {
      claims: [...claims.values()],
      isOpen: (status: string) => open.has(status),
      links: [...sources.values()].flatMap(({ id, derivesFrom }) =>
        derivesFrom.map((originId) => ({ sourceId: id, originId })),
      ),
    };
  }, [claims, statuses, sources]);
  const annotation = useMemo(() => {
    // A look at the chips is as old as the round it was made in.
    const seen = round;
    return (id: string) => (seen < 0 ? null : chips.look(id).annotation);
  }, [chips, round]);
  const wanted = useMemo(() => {
    const none: Grounds = { ...grounds, annotation, textOf: () => null };
    return [...new Set(statements.filter(quotes).flatMap((one) => judge(one, none).sourceIds))].sort();
  }, [statements, grounds, annotation]);
  const { texts, error: textError } = useTexts(note.projectId, wanted, sources);
  const judged = useMemo(
    () =>
      (isComing ? [] : statements).map((one) =>
        judge(one, { ...grounds, annotation, textOf: (id) => texts.get(id) ?? null }),
      ),
    [statements, isComing, grounds, annotation, texts],
  );
  return useMemo(
    () => ({
      lines: judged.map((one) => {
        const signed = signedText(one.statement.text, (id) => wordsOf(annotation(id)));
        return { ...one, signed, signOff: signOffs.get(signed) ?? null };
      }),
      summary: summarise(judged),
      error: signOffError ?? textError,
      isComing,
    }),
    [judged, isComing, signOffs, annotation, signOffError, textError],
  );
}

const wordsOf = (mark: Annotation | null) => (mark === null || mark.deleted !== null ? null : exactOf(mark));
const quotes = ({ quotations }: Statement) => quotations.length > 0;

function useStatements(editor: Editor): readonly Statement[] {
  const [statements, setStatements] = useState(() => statementsOf(editor.state.doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setStatements(statementsOf(editor.state.doc)), REST_MS);
    };
    read();
    editor.on('update', read);
    return () => {
      clearTimeout(timer);
      editor.off('update', read);
    };
  }, [editor]);
  return statements;
}

/** Counts the changes of the marks behind the statements. */
function useChipChanges(chips: ChipSource, statements: readonly Statement[]): number {
  const [round, setRound] = useState(0);
  const ids = [...new Set(statements.flatMap(({ annotationIds }) => annotationIds))].sort().join(' ');
  useEffect(() => {
    const stops = ids
      .split(' ')
      .filter(Boolean)
      .map((id) => chips.watch(id, () => setRound((before) => before + 1)));
    setRound((before) => before + 1);
    return () => {
      for (const stop of stops) stop();
    };
  }, [chips, ids]);
  return round;
}

function useSignOffs({ projectId, id: noteId }: Note) {
  const { data, error, reload } = useCall(
    (signal) => call('note-sign-off.list', { params: { projectId, noteId }, signal }),
    noteId,
  );
  const again = useEffectEvent((changed: string) => {
    if (changed === noteId) reload();
  });
  useEffect(() => onSignal('note.sign-offs', (change) => again(change.noteId)), []);
  const signOffs = useMemo(() => new Map((data?.items ?? []).map((one) => [one.statement, one])), [data]);
  return { signOffs, error };
}

/** The texts of the sources that quotations may be from, in their current versions. */
function useTexts(
  projectId: string,
  sourceIds: readonly string[],
  sources: ReadonlyMap<string, { text: { version: number } }>,
) {
  const [kept] = useState(() => new Map<string, string>());
  const keys = sourceIds.map((id) => `${id}@${sources.get(id)?.text.version ?? 0}`);
  const { data, error } = useCall(async (signal) => {
    const texts = new Map<string, string>();
    for (const [index, sourceId] of sourceIds.entries()) {
      const key = keys[index] as string;
      const text = kept.get(key) ?? (await call('source.text', { params: { projectId, sourceId }, signal }));
      kept.set(key, text);
      texts.set(sourceId, text);
    }
    return texts;
  }, keys.join(' '));
  return { texts: data ?? EMPTY, error };
}
const EMPTY: ReadonlyMap<string, string> = new Map();
