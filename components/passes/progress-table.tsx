'use client';
import Link from 'next/link';
import type { Pass, PassAssignment, PassCoder } from '@/lib/passes/pass';
import { isHiding } from '@/lib/passes/standing';
import { useProject } from '../live/project-context';
import { Time } from '../ui/time';
import { PROGRESS_WORDS } from './pass-words';

type Props = {
  pass: Pass;
  /** `null` where the person at this page may not assign. */
  onAssign: ((coderId: string, sourceId: string, assigned: boolean) => void) | null;
};

/** Who codes what and how far they are: a row a source, a column a coder. */
export function ProgressTable({ pass, onAssign }: Props) {
  const { sources, me } = useProject((state) => ({ sources: state.sources, me: state.me.id }));
  // While it hides, others' columns would be empty: they are named below instead.
  const isPart = isHiding(pass) && pass.lead.id !== me;
  const coders = isPart ? pass.coders.filter(({ userId }) => userId === me) : pass.coders;
  const by = new Map(pass.assignments.map((one) => [`${one.coderId} ${one.sourceId}`, one]));
  if (coders.length === 0)
    return (
      <p className="text-muted">
        {isPart ? 'You do not code in this pass.' : 'Nobody codes yet: add coders.'}
      </p>
    );
  return (
    <section aria-label="Progress" className="overflow-x-auto">
      <table className="w-full border-collapse text-[14px]">
        <thead>
          <tr className="border-b border-line text-start text-[13px] text-muted">
            <th scope="col" className="py-2 pe-3 text-start font-medium">
              Source
            </th>
            {coders.map((coder) => (
              <th key={coder.id} scope="col" className="min-w-28 px-2 py-2 text-start font-medium">
                {coder.name}
                {coder.isExpert ? <span className="block font-normal">expert</span> : null}
                {coder.userId === null ? <span className="block font-normal">named coder</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pass.sourceIds.map((sourceId) => {
            const title = sources.get(sourceId)?.title ?? 'A source';
            return (
              <tr key={sourceId} className="border-b border-line align-top">
                <th scope="row" className="max-w-72 py-2 pe-3 text-start font-normal">
                  <Link
                    href={`/projects/${pass.projectId}/sources/${sourceId}`}
                    className="line-clamp-2 underline decoration-edge underline-offset-2 hover:decoration-current"
                  >
                    {title}
                  </Link>
                </th>
                {coders.map((coder) => (
                  <Cell
                    key={coder.id}
                    coder={coder}
                    title={title}
                    assignment={by.get(`${coder.id} ${sourceId}`)}
                    onToggle={onAssign && ((on) => onAssign(coder.id, sourceId, on))}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Cell({
  coder,
  title,
  assignment,
  onToggle,
}: {
  coder: PassCoder;
  title: string;
  assignment: PassAssignment | undefined;
  onToggle: ((assigned: boolean) => void) | null;
}) {
  const at = assignment?.done ?? assignment?.started ?? null;
  const words = (
    <>
      <span
        className={
          assignment === undefined
            ? 'text-muted'
            : assignment.state === 'done'
              ? 'font-medium text-accent'
              : ''
        }
      >
        {assignment === undefined ? '–' : PROGRESS_WORDS[assignment.state]}
      </span>
      {at === null ? null : (
        <span className="block text-[12px] text-muted">
          <Time at={at} />
        </span>
      )}
    </>
  );
  // What was begun is not taken away by a slip of the mouse.
  const isFree = assignment === undefined || assignment.state === 'not-started';
  return (
    <td className="px-1 py-1">
      {onToggle === null || !isFree ? (
        <div className="px-1 py-1">{words}</div>
      ) : (
        <button
          type="button"
          aria-pressed={assignment !== undefined}
          aria-label={`${coder.name}, ${title}: ${assignment === undefined ? 'not assigned' : 'assigned, not started'}`}
          title={assignment === undefined ? 'Assign' : 'Take away'}
          onClick={() => onToggle(assignment === undefined)}
          className="w-full rounded-md px-1 py-1 text-start hover:bg-hover"
        >
          {words}
        </button>
      )}
    </td>
  );
}
