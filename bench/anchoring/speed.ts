import { cpuUsage } from 'node:process';
import { anchor, indexText } from '../../lib/anchoring/anchor';
import { carry } from '../../lib/anchoring/carry';
import { describe } from '../../lib/anchoring/describe';
import { chance } from '../reader/article';
import { CONTEXT, hypothesisAnchor, type Search } from './hypothesis';
import { longText } from './long-text';
import { EDITOR, mutate } from './mutate';
import type { NamedText } from './texts';

const UNITS = 1_000_000;
const SPANS = 1_000;

/** CPU time of this process for some work, in ms: other programs on the machine do not count. */
function cost(work: () => void): number {
  const before = cpuUsage();
  work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * CPU time to carry 1,000 passages across a heavily edited text of a million units, beside Hypothesis' matcher on the
 * same passages. `sample`: how many of them that is asked; its time is told for all.
 */
export function measureSpeed(texts: readonly NamedText[], sample: number, search: Search | null): string {
  const random = chance(4);
  const text = longText(
    texts.map((one) => one.text),
    UNITS,
    random,
  );
  const words = texts.flatMap((one) => one.text.match(/\p{L}+/gu) ?? []);
  const sentences = texts.flatMap((one) => one.text.split(/(?<=[.!?])\s+/)).filter((one) => one.length < 300);
  const { new: now, cases } = mutate(text, { words, sentences }, EDITOR, SPANS, random);
  const spans = cases.map(({ span }) => span);
  const times: number[] = [];
  for (let round = 0; round < 12; round += 1) times.push(cost(() => carry(text, now, spans)));
  const cold = times[0] as number;
  const warm = Math.min(...times.slice(1));
  const selectors = spans.map((span) => describe(text, span));
  const finding = cost(() => {
    const index = indexText(now);
    for (const each of selectors) anchor(index, each);
  });
  const lines = [
    `**Speed.** ${spans.length} passages, ${text.length.toLocaleString('en')} units before and ${now.length.toLocaleString('en')} after; CPU time, one core.`,
    '',
    '| | ms | times ours |',
    '|---|---:|---:|',
    `| carry, first call of a process | ${cold.toFixed(0)} | |`,
    `| carry, warm | ${warm.toFixed(0)} | 1 |`,
    `| anchor, selectors only, index made once | ${finding.toFixed(0)} | ${(finding / warm).toFixed(1)} |`,
  ];
  if (search !== null) {
    const some = spans.filter((_, at) => at % Math.ceil(spans.length / sample) === 0);
    const theirs =
      (cost(() => {
        for (const { start, end } of some)
          hypothesisAnchor(
            search,
            now,
            text.slice(start, end),
            text.slice(Math.max(0, start - CONTEXT), start),
            text.slice(end, end + CONTEXT),
            start,
          );
      }) *
        spans.length) /
      some.length;
    lines.push(
      `| Hypothesis' matcher, ${some.length === spans.length ? 'all passages' : `${some.length} passages, told for all`} | ${theirs.toFixed(0)} | ${(theirs / warm).toFixed(0)} (${(theirs / cold).toFixed(0)} times our first call) |`,
    );
  }
  return lines.join('\n');
}
