'use client';
import type { PassAgreement } from '@/lib/agreement/answer';
import { CodeDot } from '../annotations/code-picker';
import { figureWords, OPENS, outcomeWords } from './figure-words';
import { IntervalBar } from './interval-bar';
import { type Cell, useCodeNames } from './use-agreement';

const HEAD = 'px-2 py-2 text-start text-[13px] font-medium text-muted';

type Props = { agreement: PassAgreement; measure: string; onOpen: (cell: Cell) => void };

/** How deep a cell is tinted: from nothing at 0 to full at 1. */
const tint = (share: number) => ({
  backgroundColor: `color-mix(in srgb, var(--accent-wash) ${Math.round(Math.max(0, Math.min(1, share)) * 100)}%, transparent)`,
});

/** Every two coders by one measure. */
export function CoderMatrix({ agreement: { coders, byPair }, measure, onOpen }: Props) {
  const pairs = new Map(
    byPair.flatMap((pair) => [pair.coders, pair.coders.toReversed()].map((key) => [key.join(), pair])),
  );
  return (
    <section aria-label="Coders by coders" className="overflow-x-auto">
      <table className="border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line">
            <td />
            {coders.map(({ id, name }) => (
              <th key={id} scope="col" className={`${HEAD} min-w-24 text-end`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coders.map((row) => (
            <tr key={row.id} className="border-b border-line">
              <th scope="row" className="py-1 pe-3 text-start font-normal">
                {row.name}
              </th>
              {coders.map((column) => {
                const outcome = pairs.get([row.id, column.id].join())?.measures[measure];
                if (row.id === column.id || outcome === undefined)
                  return (
                    <td key={column.id} className="px-2 text-end text-muted">
                      {row.id === column.id ? '·' : '–'}
                    </td>
                  );
                const isValue = 'value' in outcome;
                return (
                  <td key={column.id} style={tint(isValue ? outcome.value : 0)}>
                    <button
                      type="button"
                      className={OPENS}
                      title={isValue ? undefined : outcome.reason}
                      aria-label={`${row.name} and ${column.name}: ${isValue ? outcomeWords(outcome) : outcome.reason}. Show the passages`}
                      onClick={() =>
                        onOpen({ title: `${row.name} and ${column.name}`, coders: `${row.id},${column.id}` })
                      }
                    >
                      {outcomeWords(outcome)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const CODE_COLUMNS = [
  ['percent', 'Percent'],
  ['krippendorff-alpha-nominal', 'Alpha'],
  ['fleiss-kappa', 'Fleiss’ κ'],
  ['gwet-ac1', 'AC1'],
] as const;

/** Every code by measures, with the chosen one as a bar. */
export function CodeMeasures({ agreement: { byCode }, measure, onOpen }: Props) {
  const { nameOf, colourOf } = useCodeNames();
  return (
    <section aria-label="Codes by measures" className="overflow-x-auto">
      <table className="w-full border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={`${HEAD} ps-0`}>
              Code
            </th>
            <th scope="col" className={`${HEAD} text-end`}>
              Used
            </th>
            {CODE_COLUMNS.map(([id, label]) => (
              <th key={id} scope="col" className={`${HEAD} text-end`}>
                {label}
              </th>
            ))}
            <th scope="col" className={`${HEAD} w-1/3`}>
              <span className="flex justify-between">
                <span>−1</span>
                <span>Chosen measure</span>
                <span>1</span>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {byCode.map(({ codeId, codings, measures }) => {
            const chosen = measures.find(({ id }) => id === measure);
            return (
              <tr key={codeId} className="border-b border-line">
                <th scope="row" className="min-w-32 py-1 pe-3 text-start font-normal">
                  <span className="flex items-center gap-2">
                    <CodeDot colour={colourOf(codeId)} />
                    {nameOf(codeId)}
                  </span>
                </th>
                <td className="px-2 text-end tabular-nums text-muted">{codings}</td>
                {CODE_COLUMNS.map(([id, label]) => {
                  const one = measures.find((figure) => figure.id === id);
                  return (
                    <td key={id}>
                      <button
                        type="button"
                        className={OPENS}
                        title={one?.reason}
                        aria-label={`${nameOf(codeId)}, ${label}: ${one?.value === undefined ? one?.reason : figureWords(one.value)}. Show the passages`}
                        onClick={() => onOpen({ title: nameOf(codeId), code: codeId })}
                      >
                        {one?.value === undefined ? '–' : figureWords(one.value)}
                      </button>
                    </td>
                  );
                })}
                <td className="min-w-40 px-2">
                  {chosen?.value === undefined ? (
                    <span className="text-[13px] text-muted">{chosen?.reason ?? 'not of one code'}</span>
                  ) : (
                    <>
                      <IntervalBar value={chosen.value} interval={chosen.interval} />
                      <span className="sr-only">
                        {figureWords(chosen.value)}
                        {chosen.interval == null
                          ? ''
                          : `, ${figureWords(chosen.interval.low)} to ${figureWords(chosen.interval.high)}`}
                      </span>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Which codes stand against which: at how many places. */
export function ConfusionMatrix({ agreement: { confusion, byCode }, onOpen }: Omit<Props, 'measure'>) {
  const { nameOf } = useCodeNames();
  const codes = byCode.map(({ codeId }) => codeId);
  const cells = new Map(
    confusion.flatMap((cell) => [
      [`${cell.one} ${cell.other ?? 'none'}`, cell.places],
      [`${cell.other ?? 'none'} ${cell.one}`, cell.places],
    ]),
  );
  const most = Math.max(1, ...cells.values());
  return (
    <section aria-label="Codes by codes" className="overflow-x-auto">
      <table className="border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line">
            <td />
            {[...codes, 'none'].map((id) => (
              <th key={id} scope="col" className={`${HEAD} max-w-36 align-bottom text-end`}>
                {id === 'none' ? 'Not marked' : nameOf(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map((one) => (
            <tr key={one} className="border-b border-line">
              <th scope="row" className="min-w-28 py-1 pe-3 text-start font-normal">
                {nameOf(one)}
              </th>
              {[...codes, 'none'].map((other) => {
                const places = cells.get(`${one} ${other}`) ?? 0;
                const against = other === 'none' ? 'not marked by others' : nameOf(other);
                const words = one === other ? `${nameOf(one)}, agreed` : `${nameOf(one)} and ${against}`;
                return (
                  <td key={other} className="min-w-16" style={tint(places / most)}>
                    {places === 0 ? (
                      <span className="block px-2 text-end text-muted">0</span>
                    ) : (
                      <button
                        type="button"
                        className={OPENS}
                        aria-label={`${words}: ${places}. Show the passages`}
                        onClick={() => onOpen({ title: words, one, other })}
                      >
                        {places}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
