import type { AgreementOutcome } from '@/lib/agreement/answer';
import type { DisagreementKind } from '@/lib/agreement/disagreements';
import type { UnitKind } from '@/lib/agreement/sections';

export const UNIT_WORDS: Record<UnitKind, string> = {
  passage: 'Passages as marked',
  sentence: 'Sentences',
  paragraph: 'Paragraphs',
  character: 'Characters',
  source: 'Sources',
};

export const KIND_WORDS: Record<DisagreementKind, string> = {
  same: 'Same',
  boundary: 'Boundary differs',
  code: 'Code differs',
  'only-one': 'Not everybody',
};

/** A figure with two decimals, and a minus that reads as one. */
export function figureWords(value: number): string {
  const words = Math.abs(value).toFixed(2);
  return value < 0 && words !== '0.00' ? `−${words}` : words;
}

/** A figure, or a dash where there is none. */
export function outcomeWords(outcome: AgreementOutcome | undefined): string {
  return outcome !== undefined && 'value' in outcome ? figureWords(outcome.value) : '–';
}

/** A share of a whole as percent. */
export function shareWords(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 1 ? '< 1' : Math.round(percent)} %`;
}

/** How a figure looks that opens the passages behind it. */
export const OPENS =
  'min-h-8 w-full rounded px-2 py-1 text-end tabular-nums hover:bg-hover underline decoration-edge decoration-dotted underline-offset-4';
