'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { can } from '@/lib/access/can';
import { describe, type Span } from '@/lib/anchoring/describe';
import type { Annotation, Motivation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { exactOf, spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { nameOfWords } from '@/lib/codebook/in-vivo';
import type { Source } from '@/lib/sources/source';
import { targetOfThread } from '@/lib/threads/about';
import { plainText } from '@/lib/threads/mentions';
import { keepDraft, type MarkDraft } from '../annotations/drafts';
import { KINDS } from '../annotations/kinds';
import type { BarCommand } from '../annotations/selection-bar';
import { useActions } from '../live/project-context';
import { onSignal } from '../live/signals';
import { usePass } from '../passes/use-pass';
import type { Reader } from '../reader/article-view';
import { keepDraft as keepReply } from '../threads/drafts';
import { draftKeyOf } from '../threads/thread-list';

/** What is open at the passage: a form of a kind, the choice of codes, or who may read it. */
export type Panel = { type: 'form'; kind: Motivation } | { type: 'codes' } | { type: 'protect' } | null;
export type Selected = { span: Span; by: 'pointer' | 'keys' };

type Needs = {
  reader: Reader | null;
  source: Source;
  /** All marks of the source that are not deleted. */
  annotations: readonly Annotation[];
  canMark: boolean;
  announce: (words: string) => void;
  onPutInNote: (annotationId: string) => void;
  onOpen: (annotationId: string) => void;
};

/** The passage that is selected and everything that can be made of it. */
export function useMarking(needs: Needs) {
  const { reader, source, canMark } = needs;
  const actions = useActions();
  const [selected, setSelected] = useState<Selected | null>(null);
  const [panel, setPanel] = useState<Panel>(null);
  const [armedId, setArmedId] = useState<string | null>(null);
  const [barFocus, setBarFocus] = useState(0);
  const lastCodeId = useRef<string | null>(null);
  const { passId } = usePass(source.id);
  const latest = useRef({ ...needs, selected, panel, armedId, passId });
  latest.current = { ...needs, selected, panel, armedId, passId };

  const close = useCallback(() => {
    setPanel(null);
    setBarFocus(0);
    const { selected: was, reader: at } = latest.current;
    if (was?.by === 'keys') at?.root.focus({ preventScroll: true });
    else {
      setSelected(null);
      document.getSelection()?.removeAllRanges();
    }
  }, []);

  const make = useCallback(
    (
      span: Span,
      motivation: Motivation,
      more: Partial<Pick<Annotation, 'body' | 'codeIds' | 'quote'>> = {},
    ) => {
      const { reader: at, source: of } = latest.current;
      if (at === null) return null;
      const selector = describe(at.map.text, span);
      latest.current.announce(`${KINDS[motivation].name} made`);
      return actions.createAnnotation({
        sourceId: of.id,
        version: of.text.version,
        motivation,
        selector,
        passId: latest.current.passId,
        ...more,
      });
    },
    [actions],
  );

  const mine = useCallback(
    (span: Span, is: (annotation: Annotation) => boolean) => {
      const me = actions.peek().me.id;
      return latest.current.annotations.find((annotation) => {
        if (annotation.passId !== latest.current.passId) return false;
        const { start, end } = spanOf(annotation);
        return start === span.start && end === span.end && annotation.creator.id === me && is(annotation);
      });
    },
    [actions],
  );

  const code = useCallback(
    (codeId: string, span: Span) => {
      lastCodeId.current = codeId;
      // A second code on the same passage joins the first: one coding, several codes.
      const coding = mine(span, ({ motivation }) => motivation === 'classifying');
      const name = actions.peek().codes.get(codeId)?.name ?? 'the code';
      if (coding === undefined) make(span, 'classifying', { codeIds: [codeId] });
      else if (coding.codeIds.includes(codeId)) actions.codeAnnotation(coding.id, [], [codeId]);
      else actions.codeAnnotation(coding.id, [codeId]);
      latest.current.announce(coding?.codeIds.includes(codeId) ? `${name} taken away` : `Coded with ${name}`);
    },
    [actions, make, mine],
  );

  const codeInVivo = useCallback(
    (span: Span) => {
      const name = nameOfWords(latest.current.reader?.map.text.slice(span.start, span.end) ?? '');
      if (name === '') return;
      const known = [...actions.peek().codes.values()].find(
        (one) => one.name.toLowerCase() === name.toLowerCase(),
      );
      code(known?.id ?? actions.createCode({ name }), span);
      close();
    },
    [actions, code, close],
  );

  const select = useCallback(
    (span: Span | null, by: Selected['by']) => {
      const { selected: was, panel: open, armedId: armed, canMark: may } = latest.current;
      if (span === null) {
        if (open === null) setSelected(null);
        return;
      }
      if (was !== null && was.span.start === span.start && was.span.end === span.end) return;
      if (armed !== null && by === 'pointer' && may) {
        code(armed, span);
        document.getSelection()?.removeAllRanges();
        return;
      }
      setPanel(null);
      setBarFocus(0);
      setSelected({ span, by });
    },
    [code],
  );

  useRefusals(latest, setSelected, setPanel);

  return useMemo(
    () => ({
      selected,
      panel,
      armedId,
      barFocus,
      select,
      close,
      arm: (wanted: Code | null) => setArmedId(wanted?.id ?? null),
      focusBar: () => setBarFocus((count) => count + 1),
      command(command: BarCommand) {
        if (selected === null || !canMark) return;
        if (command === 'classifying') setPanel({ type: 'codes' });
        else if (command === 'protect') {
          if (can(actions.peek().role, 'source.protect')) setPanel({ type: 'protect' });
        } else if (command === 'highlighting') {
          make(selected.span, command);
          close();
        } else if (command === 'in-vivo') {
          if (can(actions.peek().role, 'code.create')) codeInVivo(selected.span);
        } else if (command === 'note') {
          const same = mine(selected.span, () => true)?.id ?? make(selected.span, 'highlighting');
          if (same !== null) needs.onPutInNote(same);
          close();
        } else setPanel({ type: 'form', kind: command });
      },
      save(kind: Motivation, draft: MarkDraft) {
        if (selected === null) return;
        const value = draft.text.trim();
        make(selected.span, kind, {
          body: kind === 'quoting' || value === '' ? null : { type: 'TextualBody', value },
          quote: kind === 'quoting' ? { ...draft.quote, speaker: draft.quote.speaker.trim() } : null,
        });
        close();
      },
      code(wanted: Code) {
        if (selected === null || !canMark) return;
        code(wanted.id, selected.span);
        close();
      },
      /** Puts a code that was dropped on the selected words on them. */
      codeSelected(codeId: string) {
        if (selected === null || !canMark) return;
        code(codeId, selected.span);
        close();
      },
      /** Puts a code that was dropped on a mark on it, or on its passage where the mark is not ours to change. */
      codeMark(codeId: string, annotationId: string) {
        const { annotations, role, me } = actions.peek();
        const annotation = annotations.get(annotationId);
        if (annotation === undefined || !canMark || annotation.codeIds.includes(codeId)) return;
        if (annotation.creator.id === me.id || can(role, 'annotation.update-any')) {
          lastCodeId.current = codeId;
          actions.codeAnnotation(annotationId, [codeId]);
          latest.current.announce('Coded the mark');
        } else code(codeId, spanOf(annotation));
      },
      createCode(name: string) {
        const id = actions.createCode({ name });
        if (selected !== null && canMark) {
          code(id, selected.span);
          close();
        }
      },
      /** Puts the code used last on what is selected. */
      repeatCode() {
        if (selected === null || lastCodeId.current === null || !canMark) return;
        code(lastCodeId.current, selected.span);
        close();
      },
      passage:
        selected === null || reader === null
          ? ''
          : reader.map.text.slice(selected.span.start, selected.span.end),
      sourceId: source.id,
      version: source.text.version,
      say: (words: string) => latest.current.announce(words),
    }),
    [
      selected,
      panel,
      armedId,
      barFocus,
      select,
      close,
      canMark,
      make,
      mine,
      code,
      codeInVivo,
      actions,
      reader,
      source,
      needs.onPutInNote,
    ],
  );
}

/** What was typed comes back when the server refuses it: in the form at the passage, or in the open card. */
function useRefusals(
  latest: { readonly current: Needs & { panel: Panel } },
  setSelected: (selected: Selected) => void,
  setPanel: (panel: Panel) => void,
) {
  const { peek } = useActions();
  useEffect(
    () =>
      onSignal('change.refused', ({ change }) => {
        const { source, panel, onOpen } = latest.current;
        if (change.type === 'annotation.create') {
          const { annotation } = change;
          const { motivation, body, quote } = annotation;
          if (annotation.sourceId !== source.id || (body === null && quote === null)) return;
          keepDraft(source.id, spanOf(annotation), motivation, draftOf(body?.value ?? '', quote));
          if (panel !== null) return;
          setSelected({ span: spanOf(annotation), by: 'pointer' });
          setPanel({ type: 'form', kind: motivation });
        } else if (change.type === 'annotation.update') {
          const annotation = peek().annotations.get(change.id);
          if (annotation === undefined || (change.edit.body == null && change.edit.quote == null)) return;
          const { body, quote } = change.edit;
          keepDraft(
            source.id,
            spanOf(annotation),
            annotation.motivation,
            draftOf(body?.value ?? '', quote ?? null),
          );
          onOpen(annotation.id);
        } else if (change.type === 'thread.create') {
          const [first] = change.thread.comments;
          const target = targetOfThread(change.thread);
          if (first !== undefined) keepReply(draftKeyOf(target), plainText(first.text, first.mentions));
          if (target.type === 'annotation') onOpen(target.id);
        } else if (change.type === 'comment.create') {
          const { threadId, text, mentions } = change.comment;
          keepReply(threadId, plainText(text, mentions));
          const annotationId = peek().threads.get(threadId)?.annotationId ?? null;
          if (annotationId !== null) onOpen(annotationId);
        }
      }),
    [latest, peek, setSelected, setPanel],
  );
}

function draftOf(text: string, quote: Annotation['quote']): MarkDraft {
  return { text, quote: quote ?? EMPTY_QUOTE };
}

/** A mark in a few words, for screen readers and lists. */
export function sayMark(annotation: Annotation, at: number, of: number): string {
  const words = annotation.quote?.speaker || annotation.body?.value || exactOf(annotation);
  return `${KINDS[annotation.motivation].name} by ${annotation.creator.name}, ${at + 1} of ${of}: ${words.slice(0, 160)}`;
}
