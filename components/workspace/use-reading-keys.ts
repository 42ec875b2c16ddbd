'use client';
import { useEffect, useRef } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { MOTIVATIONS } from '@/lib/annotations/motivations';
import { moveSpan, type Unit } from '@/lib/annotations/move-span';
import { spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { raisedByMark } from '@/lib/follow-ups/raised-by';
import { type BarCommand, letterOf } from '../annotations/selection-bar';
import { isTyping } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import type { Reader } from '../reader/article-view';
import { offsetInView, scrollToSpan } from '../reader/scroll-to-span';
import { selectSpan } from '../reader/selection';
import { sayMark, type useMarking } from './use-marking';

/** All keys of the reader, for the list of keys. Letters that mark are shown on the bar itself. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['j / k', 'Select the next or the previous sentence (then also ↓ and ↑)'],
  ['Shift ← →', 'Move the end of the selection by a character'],
  ['Ctrl Shift ← →', 'Move it by a word'],
  ['Shift ↑ ↓', 'Move it by a sentence'],
  ['o', 'Move the other end of the selection from now on'],
  ['Enter', 'Go to the bar, or open the mark you are at'],
  ['h q c m t n', 'Highlight, quote, claim, comment, code, put in the note'],
  ['i', 'Code in vivo: with a code called by the selected words'],
  ['p', 'Protect the selected passage: only the people you name read it'],
  ['1 … 9', 'Put one of the nine most used codes on the selection'],
  ['f', 'Ask or assign something about the mark you are at'],
  ['g', 'Read the guideline of the pass you code in'],
  ['.', 'Put the code used last on the selection'],
  ['[ / ]', 'Go to the previous or the next mark'],
  ['Ctrl Z / Ctrl Shift Z', 'Undo, redo'],
  ['Esc', 'Close what is open, then let the selection go'],
];

type Needs = {
  reader: Reader | null;
  marking: ReturnType<typeof useMarking>;
  codes: ReadonlyMap<string, Code>;
  codeKeys: ReadonlyMap<string, number>;
  /** The shown marks in the order of their passages. */
  marks: readonly Annotation[];
  currentId: string | null;
  isOpen: boolean;
  onGo: (annotation: Annotation) => void;
  onOpen: (annotationId: string | null) => void;
  onHelp: () => void;
  announce: (words: string) => void;
};

const COMMANDS: readonly BarCommand[] = [...MOTIVATIONS, 'note', 'in-vivo', 'protect'];

/** Reading and marking by keys alone, where nothing else has the keyboard. */
export function useReadingKeys(needs: Needs): void {
  const latest = useRef(needs);
  latest.current = needs;
  const edge = useRef<'start' | 'end'>('end');
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { reader } = latest.current;
      if (reader === null || event.defaultPrevented || event.altKey || isTyping(event.target)) return;
      const target = event.target as HTMLElement;
      if (
        target !== document.body &&
        !reader.root.contains(target) &&
        target.closest('[data-reading-keys]') === null
      )
        return;
      const command = event.ctrlKey || event.metaKey;
      const done = event.shiftKey
        ? grow(event.key, command, reader, latest.current, edge)
        : !command && press(event.key, reader, latest.current, edge);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function take(span: Span | null, reader: Reader, { marking, announce }: Needs): boolean {
  if (span === null) return false;
  marking.select(span, 'keys');
  reader.root.focus({ preventScroll: true });
  selectSpan(span, reader.map);
  scrollToSpan(reader, span);
  announce(reader.map.text.slice(span.start, span.end));
  return true;
}

function grow(
  key: string,
  command: boolean,
  reader: Reader,
  needs: Needs,
  edge: { current: 'start' | 'end' },
): boolean {
  if (key === '?') {
    needs.onHelp();
    return true;
  }
  const span = needs.marking.selected?.span;
  const step = STEPS[key];
  if (span === undefined || step === undefined) return false;
  const unit: Unit = step.unit === 'character' && command ? 'word' : step.unit;
  const { direction } = step;
  return take(
    moveSpan(reader.map.text, span, { kind: 'move', edge: edge.current, unit, direction }),
    reader,
    needs,
  );
}

const STEPS: Record<string, { unit: Unit; direction: 'back' | 'forward' } | undefined> = {
  ArrowLeft: { unit: 'character', direction: 'back' },
  ArrowRight: { unit: 'character', direction: 'forward' },
  ArrowUp: { unit: 'sentence', direction: 'back' },
  ArrowDown: { unit: 'sentence', direction: 'forward' },
};

function press(key: string, reader: Reader, needs: Needs, edge: { current: 'start' | 'end' }): boolean {
  const { marking, codes, codeKeys, currentId, isOpen, onOpen, announce } = needs;
  const { selected } = marking;
  const byKeys = selected?.by === 'keys';
  if (key === 'j' || key === 'k' || (byKeys && (key === 'ArrowDown' || key === 'ArrowUp'))) {
    const forward = key === 'j' || key === 'ArrowDown';
    const current = needs.marks.find(({ id }) => id === currentId);
    const at = current === undefined ? offsetInView(reader) : spanOf(current).start;
    const from = selected?.span ?? { start: at, end: at };
    edge.current = 'end';
    return take(
      moveSpan(reader.map.text, from, { kind: 'select', direction: forward ? 'forward' : 'back' }),
      reader,
      needs,
    );
  }
  if (key === '[' || key === ']') return goToMark(key === ']' ? 1 : -1, reader, needs);
  if (key === 'Escape') {
    if (marking.panel !== null) marking.close();
    else if (selected !== null) {
      marking.select(null, 'keys');
      document.getSelection()?.removeAllRanges();
    } else if (marking.armedId !== null) {
      marking.arm(null);
      announce('No code is put on what is selected any more');
    } else if (isOpen || currentId !== null) onOpen(null);
    else return false;
    return true;
  }
  if (key === 'Enter' && document.activeElement?.closest('[role="toolbar"]') === null) {
    if (selected !== null) marking.focusBar();
    else if (currentId !== null) onOpen(currentId);
    else return false;
    return true;
  }
  const mark = selected === null ? needs.marks.find(({ id }) => id === currentId) : undefined;
  if (key === 'f' && mark !== undefined) {
    raiseFollowUp(raisedByMark(mark));
    return true;
  }
  if (selected === null) return false;
  if (key === 'o') {
    edge.current = edge.current === 'end' ? 'start' : 'end';
    announce(`Moving the ${edge.current} of the selection`);
    return true;
  }
  if (key === '.') {
    marking.repeatCode();
    return true;
  }
  const keyed = [...codeKeys].find(([, number]) => String(number) === key)?.[0];
  const code = codes.get(keyed ?? '');
  if (code !== undefined) {
    marking.code(code);
    return true;
  }
  const wanted = COMMANDS.find((command) => letterOf(command) === key);
  if (wanted !== undefined) marking.command(wanted);
  return wanted !== undefined;
}

function goToMark(step: 1 | -1, reader: Reader, needs: Needs): boolean {
  const { marks, currentId, marking, onGo, announce } = needs;
  if (marks.length === 0) return false;
  const at = marks.findIndex(({ id }) => id === currentId);
  const from = marking.selected?.span.start ?? offsetInView(reader);
  const after = marks.findIndex((mark) => spanOf(mark).start >= from);
  const nearest = step === 1 ? Math.max(after, 0) : (after < 0 ? marks.length : after) - 1;
  const next = at >= 0 ? at + step : nearest;
  const index = (next + marks.length) % marks.length;
  const mark = marks[index];
  if (mark === undefined) return false;
  // One is at the mark now and no longer at what was selected: Enter opens the mark.
  marking.select(null, 'keys');
  document.getSelection()?.removeAllRanges();
  onGo(mark);
  announce(sayMark(mark, index, marks.length));
  return true;
}
