'use client';
import type { PassAgreement } from '@/lib/agreement/answer';
import { figureWords, OPENS } from './figure-words';
import { IntervalBar } from './interval-bar';
import type { Cell } from './use-agreement';

const DAY = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

type Props = {
  byDay: PassAgreement['byDay'];
  measure: string;
  onOpen: (cell: Cell) => void;
};

/** One measure after each day of coding; each opens where coders differed by then. */
export function OverTime({ byDay, measure, onOpen }: Props) {
  return (
    <section aria-label="Values over time" className="overflow-x-auto">
      <table className="w-full border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line text-[13px] text-muted">
            <th scope="col" className="py-2 pe-3 text-start font-medium">
              After
            </th>
            <th scope="col" className="px-3 py-2 text-end font-medium">
              Codings
            </th>
            <th scope="col" className="px-3 py-2 text-end font-medium">
              Value
            </th>
            <th scope="col" className="w-1/2 px-3 py-2 text-start font-medium">
              <span className="flex justify-between">
                <span>−1</span>
                <span>0</span>
                <span>1</span>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {byDay.map(({ day, codings, measures }) => {
            const outcome = measures[measure];
            const after = DAY.format(new Date(`${day}T00:00:00Z`));
            return (
              <tr key={day} className="border-b border-line">
                <th scope="row" className="whitespace-nowrap py-1.5 pe-3 text-start font-normal">
                  {after}
                </th>
                <td className="px-3 text-end tabular-nums text-muted">{codings}</td>
                {outcome !== undefined && 'value' in outcome ? (
                  <>
                    <td className="px-1 font-medium">
                      <button
                        type="button"
                        className={OPENS}
                        aria-label={`After ${after}: ${figureWords(outcome.value)}. Show the passages`}
                        onClick={() =>
                          onOpen({
                            title: `Where they differed after ${after}`,
                            disputed: 'true',
                            until: day,
                          })
                        }
                      >
                        {figureWords(outcome.value)}
                      </button>
                    </td>
                    <td className="px-3">
                      <IntervalBar value={outcome.value} interval={null} />
                    </td>
                  </>
                ) : (
                  <td colSpan={2} className="px-3 text-[13px] text-muted">
                    {outcome?.reason ?? 'This measure is not followed over time'}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
