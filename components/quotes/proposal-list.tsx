'use client';
import { useEffect, useRef } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Proposal } from '@/lib/quotes/proposal';
import { keyOf } from './use-quote-finder';

/** What a key does with the proposal one is at. */
export type Decision = 'accept' | 'correct' | 'refuse';

const KEYS: Readonly<Record<string, Decision | undefined>> = {
  a: 'accept',
  Enter: 'accept',
  e: 'correct',
  r: 'refuse',
};
const STEPS: Readonly<Record<string, 1 | -1 | undefined>> = { j: 1, k: -1 };

/** Proposals in a list with one decision a key; the arrows and j, k move. */
export function ProposalList({
  proposals,
  text,
  currentKey,
  focusCount,
  onCurrent,
  onDecide,
}: {
  proposals: readonly Proposal[];
  text: string;
  currentKey: string | null;
  /** Each time it grows, the current proposal takes the focus. */
  focusCount: number;
  onCurrent: (key: string) => void;
  onDecide: (decision: Decision) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusCount === 0 || currentKey === null) return;
    optionsOf(box.current)
      .find((option) => option.dataset.key === currentKey)
      ?.focus();
  }, [focusCount, currentKey]);
  const latest = useRef({ currentKey, onCurrent, onDecide });
  latest.current = { currentKey, onCurrent, onDecide };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const keys = (event: KeyboardEvent) => press(event, element, latest.current);
    const focus = ({ target }: FocusEvent) => {
      const key = (target as HTMLElement).closest<HTMLElement>('[role="option"]')?.dataset.key;
      if (key !== undefined) latest.current.onCurrent(key);
    };
    // Before the list sees them: it would look for an entry that begins with the letter.
    element.addEventListener('keydown', keys, true);
    element.addEventListener('focusin', focus);
    return () => {
      element.removeEventListener('keydown', keys, true);
      element.removeEventListener('focusin', focus);
    };
  }, []);
  return (
    <div ref={box}>
      <ListBox
        aria-label="Proposed quotes"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={currentKey === null ? [] : [currentKey]}
        onSelectionChange={(selection) => {
          const [key] = selection === 'all' ? [] : [...selection];
          if (key !== undefined) onCurrent(String(key));
        }}
        items={proposals.map((proposal) => ({ id: keyOf(proposal), proposal }))}
        className="flex flex-col outline-none"
      >
        {({ id, proposal }) => (
          <ListBoxItem
            id={id}
            textValue={`${proposal.speaker || 'Speaker not named'}: ${wordsOf(text, proposal)}`}
            className="cursor-pointer border-s-2 border-b border-b-line border-s-transparent px-4 py-2 outline-offset-[-2px] hover:bg-hover data-[selected]:border-s-accent data-[selected]:bg-accent-wash"
          >
            <span className="block text-[14px] font-medium">
              {proposal.speaker || 'Speaker not named'}
              <span className="font-normal text-muted">{proposal.hedged ? ', hedged' : ''}</span>
            </span>
            <span className="line-clamp-3 font-serif text-[15px] leading-snug">
              {wordsOf(text, proposal)}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

/** The quoted words, an ellipsis between the pieces of a split quotation. */
export function wordsOf(text: string, { spans }: Proposal): string {
  return spans.map(({ start, end }) => text.slice(start, end)).join(' … ');
}

function optionsOf(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}

function press(
  event: KeyboardEvent,
  box: HTMLElement,
  { currentKey, onDecide }: { currentKey: string | null; onDecide: (decision: Decision) => void },
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const decision = KEYS[event.key];
  const step = STEPS[event.key];
  if (decision === undefined && step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (decision !== undefined) {
    onDecide(decision);
    return;
  }
  const options = optionsOf(box);
  const at = options.findIndex((option) => option.dataset.key === currentKey);
  options[at + (step ?? 0)]?.focus();
}
