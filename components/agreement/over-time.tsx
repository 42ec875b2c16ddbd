'use client';
import type { PassAgreement } from '@/lib/agreement/answer';
import { figureWords } from './figure-words';
import { IntervalBar } from './interval-bar';

const DAY = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** One measure after each day of coding. */
export function OverTime({ byDay, measure }: { byDay: PassAgreement['byDay']; measure: string }) {
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
            return (
              <tr key={day} className="border-b border-line">
                <th scope="row" className="whitespace-nowrap py-1.5 pe-3 text-start font-normal">
                  {DAY.format(new Date(`${day}T00:00:00Z`))}
                </th>
                <td className="px-3 text-end tabular-nums text-muted">{codings}</td>
                {outcome !== undefined && 'value' in outcome ? (
                  <>
                    <td className="px-3 text-end font-medium tabular-nums">{figureWords(outcome.value)}</td>
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
