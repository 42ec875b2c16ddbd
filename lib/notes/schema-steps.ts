import type * as Y from 'yjs';
import { NOTE_SCHEMA_VERSION } from './schema-version';

/** Makes a note's document of one schema version into one of the next, by changes to it. */
export type SchemaStep = (doc: Y.Doc) => void;

/**
 * What becomes of a note's text that a machine kept under an older schema, by the version a step starts from. Whoever
 * raises NOTE_SCHEMA_VERSION adds a step, where there can be one: without it, what was not sent is shown to its writer,
 * who decides.
 */
export const SCHEMA_STEPS: ReadonlyMap<number, SchemaStep> = new Map([
  // Version 2 only knows more: links to things and living queries.
  [1, () => undefined],
  // So does version 3: passages that are discussed.
  [2, () => undefined],
  // And version 4: such passages in code.
  [3, () => undefined],
]);

/** The steps from an older version to this one, in their order; null when one of them is missing. */
export function stepsFrom(
  version: number,
  steps: ReadonlyMap<number, SchemaStep> = SCHEMA_STEPS,
  to: number = NOTE_SCHEMA_VERSION,
): readonly SchemaStep[] | null {
  const found: SchemaStep[] = [];
  for (let at = version; at < to; at++) {
    const step = steps.get(at);
    if (step === undefined) return null;
    found.push(step);
  }
  return found;
}
