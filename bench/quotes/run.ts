import { parseArgs } from 'node:util';
import { findQuotes } from '../../lib/quotes/find-quotes';
import { LABELS } from '../../tests/lib/quotes/labels';
import { readPage, type Score, scoreOf, sumOf } from '../../tests/lib/quotes/measure';
import { hasInputs } from '../../tests/support/inputs';
import { baseline } from './baseline';

const { values } = parseArgs({
  options: {
    /** Names what was missed, mistaken and proposed in vain. */
    faults: { type: 'boolean', default: false },
  },
});
const say = (line = '') => process.stdout.write(`${line}\n`);

if (!hasInputs) say('The labelled pages are absent: there is nothing to measure.');
else {
  const rows = LABELS.map((labels) => {
    const { text, language } = readPage(labels.page);
    return {
      labels,
      ours: scoreOf(labels, text, findQuotes(text, { language })),
      plain: scoreOf(labels, text, baseline(text)),
    };
  });
  say(
    'Found: its first words are proposed. Right: with the right speaker. In vain: proposals of what nobody said;',
  );
  say(
    'apart: pieces of split quotations proposed by themselves; disputed: proposals of what people may disagree about.',
  );
  say();
  say(
    '                        labelled |  rules: found  right  in vain  apart  disputed | plain: found  right  in vain',
  );
  const line = (page: string, ours: Score, plain: Score) =>
    say(
      `${page.padEnd(24)}${pad(ours.quotations, 8)} |${pad(ours.found, 14)}${pad(ours.right, 7)}${pad(ours.wrong, 9)}${pad(ours.apart, 7)}${pad(ours.disputed, 10)} |${pad(plain.found, 13)}${pad(plain.right, 7)}${pad(plain.wrong, 9)}`,
    );
  for (const half of ['chosen', 'reported', null] as const) {
    const some = rows.filter(({ labels }) => half === null || labels.half === half);
    if (half !== null) for (const { labels, ours, plain } of some) line(labels.page, ours, plain);
    const ours = sumOf(
      '',
      some.map((row) => row.ours),
    );
    const plain = sumOf(
      '',
      some.map((row) => row.plain),
    );
    line(half === null ? 'All' : half === 'chosen' ? 'Rules chosen on these' : 'Reported', ours, plain);
    say(
      `${''.padEnd(33)}|${pad(percent(ours.found, ours.quotations), 14)}${pad(percent(ours.right, ours.quotations), 7)}${''.padEnd(26)} |${pad(percent(plain.found, plain.quotations), 13)}${pad(percent(plain.right, plain.quotations), 7)}`,
    );
    say();
  }
  if (values.faults)
    for (const { ours } of rows) {
      for (const words of ours.missed) say(`${ours.page}: missed “${words}”`);
      for (const words of ours.mistaken) say(`${ours.page}: ${words}`);
      for (const words of ours.extra) say(`${ours.page}: in vain “${words}”`);
    }
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
}
