import type { Code } from '../codebook/code';

type Words = Pick<Code, 'definition' | 'whenToUse' | 'whenNot'>;
const USE = 'When to use: ';
const NOT = 'When not to use: ';

/** All that is said about a code as one text, for formats that have one place for it. */
export function describeCode({ definition, whenToUse, whenNot }: Words): string {
  return [definition, whenToUse && USE + whenToUse, whenNot && NOT + whenNot].filter(Boolean).join('\n\n');
}

/** The parts of such a text again; a text of another program is a definition. */
export function readCodeWords(text: string): Words {
  const whole = text.replace(/\r\n?/g, '\n').trim();
  const not = lastPart(whole, NOT);
  const use = lastPart(not.before, USE);
  return { definition: use.before, whenToUse: use.part, whenNot: not.part };
}

function lastPart(text: string, label: string): { before: string; part: string } {
  const at = text.startsWith(label) ? 0 : text.indexOf(`\n\n${label}`);
  if (at < 0) return { before: text, part: '' };
  return {
    before: text.slice(0, at).trim(),
    part: text.slice(text.indexOf(label, at) + label.length).trim(),
  };
}

/** A tree of codes: each with those that stand under it, in their order. One whose parent is missing stands at the top. */
export type CodeBranch = { readonly code: Code; readonly under: readonly CodeBranch[] };

/** The codes as a tree. */
export function codeTree(codes: readonly Code[]): CodeBranch[] {
  const ids = new Set(codes.map(({ id }) => id));
  const byParent = new Map<string | null, Code[]>();
  for (const code of codes) {
    const parent = code.parentId !== null && ids.has(code.parentId) ? code.parentId : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), code]);
  }
  const branch = (parent: string | null): CodeBranch[] =>
    (byParent.get(parent) ?? [])
      .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
      .map((code) => ({ code, under: branch(code.id) }));
  return branch(null);
}
