import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Span } from '../../lib/anchoring/describe';

type Diffs = readonly (readonly [number, string])[];
type DiffMatchPatch = {
  diff_main(one: string, two: string): Diffs;
  diff_xIndex(diffs: Diffs, offset: number): number;
};

const PACKAGE = join(import.meta.dirname, 'peers/node_modules/diff-match-patch/index.js');

/** Maps spans from one text to another. */
export type DiffMap = (old: string, now: string) => (span: Span) => Span | null;

/** What an editor built on diff-match-patch does with both versions at hand: its diff, letter by letter, and the ends mapped through it. */
export async function loadDiffMap(): Promise<DiffMap> {
  const { default: Matcher } = (await import(pathToFileURL(PACKAGE).href)) as {
    default: new () => DiffMatchPatch;
  };
  const matcher = new Matcher();
  return (old, now) => {
    const diffs = matcher.diff_main(old, now);
    return (span) => {
      const start = matcher.diff_xIndex(diffs, span.start);
      const end = matcher.diff_xIndex(diffs, span.end);
      return start < end ? { start, end } : null;
    };
  };
}
