import { anchor } from './anchor';
import { describe, type Selectors } from './describe';

/**
 * Where words that were selected on a page stand in the text that was read from it: its selectors, or `null` where they
 * stand nowhere for certain. What an editor of pages puts between blocks differs from our white space; that is no change.
 */
export function fromSelection(
  text: string,
  selection: { readonly exact: string; readonly prefix: string; readonly suffix: string },
): Selectors | null {
  const found = anchor(text, [{ type: 'TextQuoteSelector', ...selection }]);
  return found.kind === 'exact' || found.kind === 'moved' || found.kind === 'changed'
    ? describe(text, found.span)
    : null;
}
