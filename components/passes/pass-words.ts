import type { Pass, Progress } from '@/lib/passes/pass';
import { isHiding } from '@/lib/passes/standing';

export const PROGRESS_WORDS: Record<Progress, string> = {
  'not-started': 'Not started',
  working: 'Working',
  done: 'Done',
};

/** Whether a pass is blind, and what becomes of that, in a few words. */
export function kindWords(pass: Pass): string {
  if (pass.kind === 'open') return 'Open';
  if (!isHiding(pass)) return 'Revealed';
  if (pass.revealWhen === 'on-date') return `Blind until ${pass.revealOn}`;
  return pass.revealWhen === 'when-done' ? 'Blind until all are done' : 'Blind';
}

/** What a coder is told of a pass while they code. */
export function codingWords(pass: Pass): string {
  if (!isHiding(pass)) return 'Everybody sees your marks.';
  return `Blind: nobody but ${pass.lead.name} sees your marks until the reveal.`;
}

/** How many of the assigned sources are done, of those that whoever looks may know of. */
export function doneOf({ assignments }: Pass): { done: number; all: number } {
  return { done: assignments.filter(({ state }) => state === 'done').length, all: assignments.length };
}
