import { execFileSync } from 'node:child_process';
import { diffArrays } from 'diff';
import type { Span } from '../../lib/anchoring/describe';
import type { Truth } from './tally';

export type Passage = {
  readonly span: Span;
  readonly words: number;
  readonly truth: Truth;
  readonly untouched: boolean;
  /** Where the words of it that every commit kept stand in the new version. */
  readonly kept: readonly number[];
};
/** Two versions of a file some commits apart, and passages whose fate is known from the commits between. */
export type Revision = {
  readonly name: string;
  readonly old: string;
  readonly new: string;
  readonly passages: readonly Passage[];
};

const PROSE = /\.(md|markdown|asc|adoc|rst|txt)$/;
/** Commits between the two versions of a pair, at most. */
const APART = 12;
/** Most edits of one commit that are followed, in words and signs. */
const EDITS = 3_000;

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['--git-dir', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

type Token = { text: string; start: number; word: boolean };

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}_]+|[\s\S]/gu), (match) => ({
    text: match[0],
    start: match.index,
    word: /[\p{L}\p{N}]/u.test(match[0]),
  })).filter(({ text: one }) => /\S/.test(one));
}

/** Follows every token of the first version through each commit; `null` when one of them rewrote too much to follow. */
function follow(versions: readonly Token[][]): Int32Array | null {
  let where = Int32Array.from({ length: versions[0]?.length ?? 0 }, (_, at) => at);
  for (let step = 1; step < versions.length; step += 1) {
    const before = (versions[step - 1] ?? []).map(({ text }) => text);
    const after = (versions[step] ?? []).map(({ text }) => text);
    const parts = diffArrays(before, after, { maxEditLength: EDITS });
    if (parts === undefined) return null;
    const to = new Int32Array(before.length).fill(-1);
    let at = 0;
    let there = 0;
    for (const part of parts) {
      if (!part.added && !part.removed)
        for (let each = 0; each < part.count; each += 1) to[at + each] = there + each;
      if (!part.added) at += part.count;
      if (!part.removed) there += part.count;
    }
    where = where.map((token) => (token < 0 ? -1 : (to[token] as number)));
  }
  return where;
}

const folded = (tokens: readonly Token[]) =>
  tokens.filter(({ word }) => word).map(({ text }) => text.toLowerCase());

/** The most words of `said` that stand together in a stretch of its own length (and a few more) of a text, and where that starts. */
function gathering(
  said: readonly string[],
  text: readonly string[],
  slack: number,
): { most: number; at: number } {
  const wanted = new Map<string, number>();
  for (const word of said) wanted.set(word, (wanted.get(word) ?? 0) + 1);
  const size = said.length + slack;
  const held = new Map<string, number>();
  let common = 0;
  let most = 0;
  let best = 0;
  for (let at = 0; at < text.length; at += 1) {
    const come = text[at] as string;
    const need = wanted.get(come);
    if (need !== undefined) {
      const have = (held.get(come) ?? 0) + 1;
      held.set(come, have);
      if (have <= need) common += 1;
    }
    const go = at >= size ? (text[at - size] as string) : undefined;
    const needed = go === undefined ? undefined : wanted.get(go);
    if (go !== undefined && needed !== undefined) {
      const have = (held.get(go) ?? 0) - 1;
      held.set(go, have);
      if (have < needed) common -= 1;
    }
    if (common > most) {
      most = common;
      best = Math.max(0, at - size + 1);
    }
  }
  return { most, at: best };
}

function passagesOf(
  old: string,
  now: string,
  before: Token[],
  after: Token[],
  where: Int32Array,
  count: number,
  random: () => number,
): Passage[] {
  const wordAt = before.flatMap(({ word }, at) => (word ? [at] : []));
  const edited = wordAt.flatMap((at, each) => (where[at] === -1 || where[at + 1] === -1 ? [each] : []));
  const nowWords = folded(after);
  const passages: Passage[] = [];
  for (let each = 0; each < count; each += 1) {
    const words = 3 + Math.floor(40 * random() ** 2);
    // Half of the passages stand at an edit: elsewhere there is little to get wrong.
    const near = each % 2 === 0 && edited.length > 0;
    const from = near
      ? (edited[Math.floor(random() * edited.length)] as number) - Math.floor(random() * words)
      : Math.floor(random() * (wordAt.length - words));
    if (from < 0 || from + words > wordAt.length) continue;
    const first = wordAt[from] as number;
    const last = wordAt[from + words - 1] as number;
    const span = {
      start: (before[first] as Token).start,
      end: (before[last] as Token).start + (before[last] as Token).text.length,
    };
    const mine = before.slice(first, last + 1);
    const places: number[] = [];
    for (let at = first; at <= last; at += 1)
      if ((before[at] as Token).word && (where[at] as number) >= 0) places.push(where[at] as number);
    const kept = places.length / words;
    const said = folded(mine);
    let truth: Truth = null;
    if (kept >= 0.6) {
      const low = after[places[0] as number] as Token;
      const high = after[places.at(-1) as number] as Token;
      truth = { start: low.start, end: high.start + high.text.length };
    } else if (kept <= 0.2) {
      const long = said.filter((word) => word.length > 3);
      if (long.length > 0 && gathering(long, nowWords, said.length - long.length + 4).most * 2 < long.length)
        truth = 'gone';
    }
    const around = 60;
    const untouched =
      truth !== null &&
      truth !== 'gone' &&
      old.slice(Math.max(0, span.start - around), span.end + around) ===
        now.slice(Math.max(0, truth.start - Math.min(around, span.start)), truth.end + around);
    // Where another place has more of the words than the one the commits lead to (rows of one pattern that were shuffled
    // or renumbered), a diff of each commit is no proof.
    if (!untouched && truth !== null && truth !== 'gone') {
      const here = folded(after.slice(places[0], (places.at(-1) as number) + 1));
      if (gathering(said, nowWords, 0).most > gathering(said, here, 0).most) truth = null;
    }
    passages.push({ span, words, truth, untouched, kept: places.map((at) => (after[at] as Token).start) });
  }
  return passages;
}

/**
 * Whether an answer is the right place: at least half of the words that were kept are in it, and it is not twice as long
 * as the stretch they stand in. Where exactly the ends belong, commits do not say.
 */
export function isRight({ kept, truth }: Passage, answer: Span): boolean {
  if (truth === null || truth === 'gone') return false;
  const inside = kept.filter((at) => at >= answer.start && at < answer.end).length;
  return inside * 2 >= kept.length && answer.end - answer.start <= 2 * (truth.end - truth.start) + 80;
}

/** Pairs of versions of the prose files of a git directory, with passages followed commit by commit. */
export function* revisionsOf(
  folder: string,
  files: number,
  pairs: number,
  count: number,
  random: () => number,
): Generator<Revision> {
  const listed = git(folder, 'ls-tree', '-r', '-l', 'HEAD')
    .split('\n')
    .map((line) => line.match(/^\d+ blob (\S+)\s+(\d+)\t(.*)$/))
    .filter(
      (match) =>
        match !== null &&
        PROSE.test(match[3] as string) &&
        Number(match[2]) > 6_000 &&
        Number(match[2]) < 120_000,
    )
    .map((match) => (match as RegExpMatchArray)[3] as string)
    .map((path) => ({ path, order: random() }))
    .toSorted((one, two) => one.order - two.order);
  let done = 0;
  for (const { path } of listed) {
    if (done >= files) return;
    const commits = git(folder, 'log', '--first-parent', '--reverse', '--format=%H', 'HEAD', '--', path)
      .trim()
      .split('\n');
    if (commits.length < 4) continue;
    done += 1;
    for (let pair = 0; pair < pairs; pair += 1) {
      const from = Math.floor(random() * (commits.length - 2));
      const chain = commits.slice(from, from + 2 + Math.floor(random() * APART));
      const texts: string[] = [];
      for (const commit of chain) {
        try {
          texts.push(git(folder, 'show', `${commit}:${path}`).replace(/\r\n?/g, '\n'));
        } catch {
          // The commit took the file away: a later one brought it back.
        }
      }
      const old = texts[0];
      const now = texts.at(-1);
      if (old === undefined || now === undefined || old === now || old.length < 3_000) continue;
      const tokens = texts.map(tokensOf);
      const where = follow(tokens);
      if (where === null) continue;
      const passages = passagesOf(
        old,
        now,
        tokens[0] as Token[],
        tokens.at(-1) as Token[],
        where,
        count,
        random,
      );
      yield {
        name: `${path} ${chain[0]?.slice(0, 7)}..${chain.at(-1)?.slice(0, 7)}`,
        old,
        new: now,
        passages,
      };
    }
  }
}
