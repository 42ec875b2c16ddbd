'use client';
import type { ImportReport } from '@/lib/exchange/import-report';
import { LossItems } from './loss-list';

/** What a file brings: each kind with how many are new and how many are here already, and what can't come in. */
export function Report({ report }: { report: ImportReport }) {
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <table className="w-full text-start">
        <thead className="text-[13px] text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 text-start font-medium">
              In the file
            </th>
            <th scope="col" className="py-1.5 text-end font-medium">
              New
            </th>
            <th scope="col" className="py-1.5 text-end font-medium">
              Here already
            </th>
          </tr>
        </thead>
        <tbody>
          {report.items.map(({ what, added, there }) => (
            <tr key={what} className="border-b border-line">
              <th scope="row" className="py-1.5 text-start font-normal">
                {what}
              </th>
              <td className="py-1.5 text-end tabular-nums">{added.toLocaleString('en-GB')}</td>
              <td className="py-1.5 text-end tabular-nums">{there.toLocaleString('en-GB')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.losses.length > 0 ? (
        <>
          <h3 className="font-medium">What can’t come in, or comes changed</h3>
          <LossItems losses={report.losses} />
        </>
      ) : null}
    </div>
  );
}
