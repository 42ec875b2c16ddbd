import { parseArgs } from 'node:util';
import { readArticle } from '../../server/sources/read-article';
import { hasInputs, INPUTS } from '../../tests/support/inputs';
import { halfOf, type Page, pagesOf } from './pages';
import { f1, meanOf, type Score, scoreOf } from './score';

/**
 * How well the article of a page is told from what stands around it: Readability alone beside what we make of it, page by page. The
 * pages belong to others and are not in the project: `--pages` names a folder of them.
 */
const { values: options } = parseArgs({
  options: {
    pages: { type: 'string', default: `${INPUTS}/pages` },
    /** Leaves out the lines of single pages. */
    short: { type: 'boolean', default: false },
  },
});
const print = (line = '') => process.stdout.write(`${line}\n`);
type Row = { readonly page: Page; readonly alone: Score; readonly ours: Score };

const shown = (value: number) => value.toFixed(3).padStart(8);
const line = (name: string, alone: readonly Score[], ours: readonly Score[]) => {
  const [theirs, mine] = [meanOf(alone), meanOf(ours)];
  print(
    `${name.slice(0, 39).padEnd(40)} |${shown(theirs.precision)}${shown(theirs.recall)}${shown(f1(alone))} |${shown(mine.precision)}${shown(mine.recall)}${shown(f1(ours))}`,
  );
};

function read(page: Page, whole: boolean): string {
  return readArticle(page.html, page.url, { whole }).text;
}

if (options.pages.startsWith(INPUTS) && !hasInputs)
  print('The pages are absent: there is nothing to measure.');
else {
  const rows: Row[] = pagesOf(options.pages).map((page) => ({
    page,
    alone: scoreOf(read(page, true), page.meant),
    ours: scoreOf(read(page, false), page.meant),
  }));
  print(`${''.padEnd(40)} |      Readability alone  |        as it is brought in`);
  print(
    `${''.padEnd(40)} |${'prec'.padStart(8)}${'recall'.padStart(8)}${'F1'.padStart(8)} |${'prec'.padStart(8)}${'recall'.padStart(8)}${'F1'.padStart(8)}`,
  );
  for (const half of ['seen', 'held out'] as const) {
    const those = rows.filter(({ page }) => halfOf(page.name) === half);
    if (!options.short) for (const { page, alone, ours } of those) line(page.name, [alone], [ours]);
    line(
      `${half}: ${those.length} pages`,
      those.map((row) => row.alone),
      those.map((row) => row.ours),
    );
    print();
  }
  line(
    `all ${rows.length} pages`,
    rows.map((row) => row.alone),
    rows.map((row) => row.ours),
  );
}
