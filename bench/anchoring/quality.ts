import { anchor, indexText } from '../../lib/anchoring/anchor';
import { carry } from '../../lib/anchoring/carry';
import { describe, type Span } from '../../lib/anchoring/describe';
import { chance } from '../reader/article';
import type { DiffMap } from './diff-map';
import { isRight, type Passage, revisionsOf } from './histories';
import { CONTEXT, hypothesisAnchor, type Search } from './hypothesis';
import { EDITOR, mutate } from './mutate';
import { count, emptyTally, TALLY_HEAD, type Tally, type Truth, tallyRow } from './tally';
import type { NamedText } from './texts';

/** What is measured side by side on the same passages. */
type Row = 'carry' | 'mapped' | 'anchor' | 'hypothesis' | 'floored';

/** The matchers of others, in this process. */
export type Peers = { readonly search: Search; readonly diffMap: DiffMap };
type Tallies = Record<Row, Tally>;

const NAMES: Record<Row, string> = {
  carry: 'carry: old version known',
  mapped: 'diff-match-patch: old version known',
  anchor: 'anchor: selectors only',
  hypothesis: 'Hypothesis',
  floored: 'Hypothesis, score at least 0.7',
};

type Judge = (answer: Span) => boolean | undefined;
type Asked = { span: Span; truth: Truth; untouched: boolean; isRight: Judge };

/** Asks every matcher for the same passages of one pair of texts. */
function ask(tallies: Tallies, old: string, now: string, asked: readonly Asked[], peers: Peers | null): void {
  const carried = carry(
    old,
    now,
    asked.map(({ span }) => span),
  );
  const index = indexText(now);
  const mapped = peers?.diffMap(old, now);
  asked.forEach(({ span, truth, untouched, isRight: judge }, each) => {
    const tell = (row: Row, known: Truth, answer: Span | null) =>
      count(tallies[row], known, answer, untouched, answer === null ? undefined : judge(answer));
    const outcome = carried[each];
    tell('carry', truth, outcome !== undefined && 'span' in outcome ? outcome.span : null);
    const exact = old.slice(span.start, span.end);
    if (mapped !== undefined) tell('mapped', truth, mapped(span));
    // Without the old version nobody can know that the same words elsewhere are others.
    const known = truth === 'gone' && now.includes(exact) ? null : truth;
    const found = anchor(index, describe(old, span));
    tell('anchor', known, 'span' in found ? found.span : null);
    if (peers === null) return;
    const prefix = old.slice(Math.max(0, span.start - CONTEXT), span.start);
    const suffix = old.slice(span.end, span.end + CONTEXT);
    const theirs = hypothesisAnchor(peers.search, now, exact, prefix, suffix, span.start);
    tell('hypothesis', known, theirs);
    tell('floored', known, theirs !== null && theirs.score >= 0.7 ? theirs : null);
  });
}

const emptyTallies = (): Tallies => ({
  carry: emptyTally(),
  mapped: emptyTally(),
  anchor: emptyTally(),
  hypothesis: emptyTally(),
  floored: emptyTally(),
});

function table(title: string, tallies: Tallies, notes: string): string {
  const rows = (Object.keys(NAMES) as Row[])
    .filter((row) => tallies[row].present > 0)
    .map((row) => tallyRow(NAMES[row], tallies[row]));
  return [`**${title}** ${notes}`, '', TALLY_HEAD, ...rows].join('\n');
}

/** Seeded edits of texts: the truth is known from the making. */
export function measureMutations(
  title: string,
  texts: readonly NamedText[],
  pool: readonly NamedText[],
  rounds: number,
  seed: number,
  peers: Peers | null,
): string {
  const tallies = emptyTallies();
  const words = pool.flatMap(({ text }) => text.match(/\p{L}+/gu) ?? []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, text } of texts) {
      // Sentences that are put in come from other texts: from the same one they would be passages that moved.
      const sentences = pool
        .filter(
          (other) => other.name !== name && other.story !== texts.find((one) => one.name === name)?.story,
        )
        .flatMap((other) => other.text.split(/(?<=[.!?])\s+/))
        .filter((sentence) => sentence.length > 20 && sentence.length < 300 && !sentence.includes('\n'));
      const passages = Math.max(20, Math.min(80, Math.floor(text.length / 150)));
      const random = chance(seed + round * 7_919 + text.length);
      const edited = mutate(text, { words, sentences }, EDITOR, passages, random);
      const asked = edited.cases.map((one) => ({ ...one, isRight: () => undefined }));
      ask(tallies, edited.old, edited.new, asked, peers);
    }
  }
  return table(title, tallies, `Texts: ${texts.map(({ name }) => name).join(', ')}; ${rounds} rounds.`);
}

/** Real revisions out of git histories; the truth is what the commits between say. */
export function measureHistories(
  title: string,
  folders: readonly string[],
  files: number,
  peers: Peers | null,
  say: (line: string) => void,
): string {
  const tallies = emptyTallies();
  let pairs = 0;
  let undecided = 0;
  for (const folder of folders) {
    say(`following the history in ${folder}`);
    for (const revision of revisionsOf(folder, files, 3, 60, chance(11))) {
      pairs += 1;
      undecided += revision.passages.filter(({ truth }) => truth === null).length;
      const asked = revision.passages.map((passage: Passage) => ({
        ...passage,
        isRight: (answer: Span) => isRight(passage, answer),
      }));
      ask(tallies, revision.old, revision.new, asked, peers);
    }
  }
  return table(
    title,
    tallies,
    `${pairs} pairs of revisions; ${undecided} passages left out, whose fate the commits do not settle.`,
  );
}
