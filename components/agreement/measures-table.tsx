'use client';
import { Fragment, useId, useState } from 'react';
import type { AgreementFigure } from '@/lib/agreement/answer';
import { figureWords, OPENS, shareWords } from './figure-words';
import { IntervalBar } from './interval-bar';
import { type Cell, useCodeNames } from './use-agreement';

/** Most values whose prevalence is told. */
const MOST_VALUES = 6;

/** Gamma samples already; spans need sources to draw from; and a resample may leave nothing to compute. */
const NO_INTERVAL =
  'None: there are too few units (for spans, fewer than five sources), or too many resamples have no value';

/** Every measure with its interval and units: its name says how it is defined and by whom, its value opens where coders differ. */
export function MeasuresTable({
  measures,
  isWhole,
  inputs,
  onOpen,
}: {
  measures: readonly AgreementFigure[];
  /** Not yet: the intervals are being computed. */
  isWhole: boolean;
  inputs: string;
  onOpen: (cell: Cell) => void;
}) {
  const found = measures.filter(({ value }) => value !== undefined);
  const lacking = measures.filter(({ value }) => value === undefined);
  return (
    <section aria-label="Values of measures" className="overflow-x-auto">
      <table className="w-full border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line text-[13px] text-muted">
            <th scope="col" className="py-2 pe-3 text-start font-medium">
              Measure
            </th>
            <th scope="col" className="px-3 py-2 text-end font-medium">
              Value
            </th>
            <th scope="col" className="px-3 py-2 text-start font-medium">
              95 % interval
            </th>
            <th scope="col" className="w-2/5 px-3 py-2 text-start font-medium max-sm:hidden">
              <span className="flex justify-between">
                <span>−1</span>
                <span>0</span>
                <span>1</span>
              </span>
            </th>
            <th scope="col" className="py-2 ps-3 text-end font-medium">
              N
            </th>
          </tr>
        </thead>
        <tbody>
          {[...found, ...lacking].map((figure) => (
            <Row key={figure.id} figure={figure} isWhole={isWhole} inputs={inputs} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = { figure: AgreementFigure; isWhole: boolean; inputs: string; onOpen: (cell: Cell) => void };

function Row({ figure, isWhole, inputs, onOpen }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { name, value, interval, units, reason } = figure;
  return (
    <Fragment>
      <tr className={isOpen ? '' : 'border-b border-line'}>
        <th scope="row" className="py-1.5 pe-3 text-start font-normal">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="min-h-6 rounded text-start underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-current"
          >
            {name}
          </button>
        </th>
        {value === undefined ? (
          <td colSpan={4} className="px-3 py-1.5 text-[13px] text-muted">
            Can’t be computed: {reason}.
          </td>
        ) : (
          <>
            <td className="px-1 font-medium">
              <button
                type="button"
                className={OPENS}
                aria-label={`${name}: ${figureWords(value)}. Show where they differ`}
                onClick={() => onOpen({ title: 'Where the coders differ', disputed: 'true' })}
              >
                {figureWords(value)}
              </button>
            </td>
            <td className="whitespace-nowrap px-3 py-1.5 text-[13px] tabular-nums text-muted">
              {interval == null
                ? isWhole
                  ? 'none'
                  : '…'
                : `${figureWords(interval.low)} to ${figureWords(interval.high)}`}
            </td>
            <td className="px-3 py-1.5 max-sm:hidden">
              <IntervalBar value={value} interval={interval} />
            </td>
            <td className="py-1.5 ps-3 text-end tabular-nums text-muted">{units}</td>
          </>
        )}
      </tr>
      <tr id={id} hidden={!isOpen} className="border-b border-line">
        <td colSpan={5} className="pb-4">
          {isOpen ? <About figure={figure} isWhole={isWhole} inputs={inputs} /> : null}
        </td>
      </tr>
    </Fragment>
  );
}

function About({ figure, isWhole, inputs }: Omit<RowProps, 'onOpen'>) {
  const { valueWords } = useCodeNames();
  const shares = Object.entries(figure.prevalence).sort(([, one], [, other]) => other - one);
  const isOfSpans = ['unitizing-alpha', 'gamma', 'span-f1', 'span-jaccard'].includes(figure.id);
  return (
    <dl className="grid max-w-prose grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-s-2 border-line ps-3 text-[13px] [overflow-wrap:anywhere]">
      <dt className="text-muted">Definition</dt>
      <dd>{figure.definition}</dd>
      <dt className="text-muted">Source</dt>
      <dd>{figure.citation}</dd>
      <dt className="text-muted">In R</dt>
      <dd>
        <code className="text-[12px]">{figure.inR}</code>
      </dd>
      <dt className="text-muted">Computed from</dt>
      <dd>
        <a
          href={`${inputs}&form=${isOfSpans ? 'spans' : 'values'}`}
          download
          className="text-accent underline underline-offset-2"
        >
          {figure.units} {isOfSpans ? 'spans' : 'units'} of {figure.coders} coders (CSV)
        </a>
      </dd>
      {shares.length === 0 ? null : (
        <>
          <dt className="text-muted">Prevalence</dt>
          <dd>
            {shares
              .slice(0, MOST_VALUES)
              .map(([value, share]) => `${valueWords(value)} ${shareWords(share)}`)
              .join(', ')}
            {shares.length > MOST_VALUES ? `, and ${shares.length - MOST_VALUES} more` : ''}
          </dd>
        </>
      )}
      {figure.value === undefined ? null : (
        <>
          <dt className="text-muted">Interval</dt>
          <dd>
            {figure.interval == null
              ? isWhole
                ? NO_INTERVAL
                : 'Being computed'
              : `Percentile bootstrap, ${figure.interval.resamples} resamples, seed ${figure.interval.seed}`}
          </dd>
        </>
      )}
    </dl>
  );
}
