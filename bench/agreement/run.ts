import { cpus } from 'node:os';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { agreementOf, type DatedCoding } from '../../lib/agreement/agreement-of';
import { DRAWS, finish } from '../../lib/agreement/bootstrap';
import { countsOf } from '../../lib/agreement/counts';
import { figuresOf, figuresOfCounts } from '../../lib/agreement/figures';
import { LiveAgreement } from '../../lib/agreement/live-agreement';
import { SPAN_MEASURES } from '../../lib/agreement/measures';
import type { Coding, Ratings } from '../../lib/agreement/ratings';
import { continuaOf, ratingsOf } from '../../lib/agreement/ratings-of';
import type { Scope } from '../../lib/agreement/scope';
import { UNIT_KINDS, type UnitKind } from '../../lib/agreement/sections';
import { StandingAgreement } from '../../lib/agreement/standing-agreement';
import { project } from './codings';
import { measureInProject } from './in-project';
import { plain } from './plain';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    coders: { type: 'string', default: '10' },
    /** Codings of each coder, for one run each, and how many of them on one source. */
    codings: { type: 'string', default: '500,5000' },
    'per-source': { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    /** Also from a project in Postgres, through the API: from a mark that changed to the new figures. */
    project: { type: 'boolean', default: false },
  },
});
const [rounds, coders, perSource, seed] = [
  values.rounds,
  values.coders,
  values['per-source'],
  values.seed,
].map(Number) as [number, number, number, number];

const say = (line = '') => process.stdout.write(`${line}\n`);
const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
function timed<Result>(run: () => Result): { ms: number; result: Result } {
  const begun = performance.now();
  const result = run();
  return { ms: performance.now() - begun, result };
}
const cell = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0)).padStart(11);

say(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}; medians of ${rounds} rounds, milliseconds`);
for (const each of values.codings.split(',').map(Number)) run(each);
say(
  '* Light’s kappa, Fleiss’ kappa and nominal alpha alone, straight from the ratings; they agree with the above.',
);

if (values.project) {
  say();
  await measureInProject({ coders, each: Number(values.codings.split(',').at(-1)), rounds: rounds * 4, say });
}

function run(each: number): void {
  const made = project(coders, each, perSource, seed);
  const { scope, codings } = made;
  say();
  say(`${coders} coders, ${each} codings each (${codings.length} in all) on ${scope.sources.length} sources`);
  say(
    '                   units  all anew:  ratings +  counts +   measures |  one coding:  change +   measures | plain*',
  );
  for (const unit of Object.keys(UNIT_KINDS) as UnitKind[]) measure(unit, made);
  const dated = codings.map(({ coder, source, code, start, end }, at) => ({
    ...{ annotationId: String(at), coderId: coder, sourceId: source, codeId: code, start, end },
    day: '2026-01-01',
  }));
  say(
    'what a page of a pass gets at once:   all anew | kept: begin, then a mark that comes or goes + answer',
  );
  for (const unit of Object.keys(UNIT_KINDS) as UnitKind[]) measureStanding({ ...scope, unit }, dated);
  const sentences = ratingsOf({ ...scope, unit: 'sentence' }, codings);
  const drawn = timed(() => finish(figuresOf(sentences, { ...DRAWS, resamples: 50 })));
  say(`intervals by sentence: ${(drawn.ms / 50).toFixed(1)} ms a resample of ${sentences.rows.length} units`);
  // Gamma aligns every span with every other: two coders, two sources.
  const few = { coders: scope.coders.slice(0, 2), sources: scope.sources.slice(0, 2) };
  for (const { id, of } of SPAN_MEASURES) {
    const some = continuaOf(id === 'gamma' ? few : scope, codings);
    const { ms, result } = timed(() => of(some, { seed }));
    const spans = some.reduce((count, { codings: own }) => count + own.length, 0);
    const found = 'value' in result ? result.value.toFixed(3) : result.reason;
    say(`${id}: ${ms.toFixed(0)} ms for ${spans} spans, ${found}`);
  }
}

/** What the product keeps of a pass, beside what it computes when it keeps nothing; the two must give the same. */
function measureStanding(scope: Scope, codings: readonly DatedCoding[]): void {
  const anew: number[] = [];
  const begin: number[] = [];
  const one: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const job = { scope, codings, whole: false };
    const computed = timed(() => finish(agreementOf(job)));
    const begun = timed(() => {
      const standing = new StandingAgreement(scope);
      for (const coding of codings) standing.set(coding.annotationId, [coding]);
      standing.answer();
      return standing;
    });
    anew.push(computed.ms);
    begin.push(begun.ms);
    for (let at = 0; at < 20; at += 1) {
      const coding = codings[(at * 7_919 + round) % codings.length] as DatedCoding;
      for (const own of [[], [coding]])
        one.push(
          timed(() => {
            begun.result.set(coding.annotationId, own);
            return begun.result.answer();
          }).ms,
        );
    }
    if (!isDeepStrictEqual(begun.result.answer(), computed.result))
      throw new Error(`By ${scope.unit}, what is kept is not what is computed anew.`);
  }
  say(`${scope.unit.padEnd(35)}${cell(median(anew))} |${cell(median(begin))}${cell(median(one))}`);
}

/** Kappa, Fleiss and alpha as the measures give them, to hold against the plain ones. */
function isAsPlain(figures: ReturnType<typeof figuresOfCounts>, ratings: Ratings): boolean {
  const { kappa, fleiss, alpha } = plain(ratings);
  return Object.entries({
    'cohen-kappa': kappa,
    'fleiss-kappa': fleiss,
    'krippendorff-alpha-nominal': alpha,
  }).every(([id, value]) => {
    const figure = figures.find((one) => one.id === id);
    return figure !== undefined && 'value' in figure && Math.abs(figure.value - value) < 1e-9;
  });
}

function measure(unit: UnitKind, { scope, codings }: ReturnType<typeof project>): void {
  const full = { ratings: [] as number[], counts: [] as number[], measures: [] as number[] };
  const one = { change: [] as number[], measures: [] as number[] };
  const straight: number[] = [];
  let rows = 0;
  const live = new LiveAgreement({ ...scope, unit }, codings);
  for (let round = 0; round < rounds; round += 1) {
    const ratings = timed(() => ratingsOf({ ...scope, unit }, codings));
    const counts = timed(() => countsOf(ratings.result));
    const figures = timed(() => figuresOfCounts(counts.result));
    full.ratings.push(ratings.ms);
    full.counts.push(counts.ms);
    full.measures.push(figures.ms);
    rows = ratings.result.rows.length;
    for (let at = 0; at < 20; at += 1) {
      const coding = codings[(at * 7_919 + round) % codings.length] as Coding;
      one.change.push(timed(() => live.remove(coding)).ms, timed(() => live.add(coding)).ms);
      one.measures.push(timed(() => figuresOfCounts(live.counts)).ms);
    }
    straight.push(timed(() => plain(ratings.result)).ms);
    if (!isDeepStrictEqual(figuresOfCounts(live.counts), figures.result))
      throw new Error(`By ${unit}, what went along is not what was computed anew.`);
    if (!isAsPlain(figures.result, ratings.result)) throw new Error(`By ${unit}, the plain measures differ.`);
  }
  const sum = median(full.ratings) + median(full.counts) + median(full.measures);
  const update = median(one.change) + median(one.measures);
  say(
    `${unit.padEnd(10)}${String(rows).padStart(13)}${cell(sum)}${cell(median(full.ratings))}${cell(median(full.counts))}${cell(median(full.measures))} |` +
      `${cell(update)}${cell(median(one.change))}${cell(median(one.measures))} |${cell(median(straight))}`,
  );
}
