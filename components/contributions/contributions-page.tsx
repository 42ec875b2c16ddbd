'use client';
import { Download } from 'lucide-react';
import Link from 'next/link';
import { COUNTS, type Contribution, type Count } from '@/lib/contributions/contribution';
import { contributionsCsv } from '@/lib/contributions/contribution-csv';
import { AT_ONCE } from '@/lib/contributions/pastes';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { PageHeading } from '../ui/page-heading';
import { Spinner } from '../ui/progress';
import { saveFile } from '../ui/save-file';
import { Section } from '../ui/section';
import { useCall } from '../ui/use-call';
import { useSettled } from '../ui/use-settled';
import { CreditForm } from './credit-form';

/** How often it is counted again, at most, while others work. */
const AGAIN_MS = 10_000;
/** Letters that came at once stand below all letters. */
const KEYS = (Object.keys(COUNTS) as Count[]).filter((key) => key !== 'lettersAtOnce');
const HEAD = 'border-b border-edge px-1.5 py-1.5 text-end align-bottom font-medium';

/** Who did what, for everybody in the project to see, and to be taken along. */
export function ContributionsPage() {
  const { projectId, lastEventId } = useProject((state) => ({
    projectId: state.project.id,
    lastEventId: state.lastEventId,
  }));
  const last = useSettled(lastEventId, AGAIN_MS);
  const { data, error } = useCall(
    (signal) => call('contribution.list', { params: { projectId }, signal }),
    String(last),
  );
  const csv = (people: readonly Contribution[]) =>
    saveFile(new Blob([contributionsCsv(people)], { type: 'text/csv;charset=utf-8' }), 'who-did-what.csv');
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageHeading
        title="Who did what"
        action={
          data === null ? undefined : (
            <Button onPress={() => csv(data.items)}>
              <Download aria-hidden className="size-4" />
              Export as CSV
            </Button>
          )
        }
      >
        What each person made that is still there, from the record of the project. Everybody here sees the
        same.
      </PageHeading>
      <FormError>{error}</FormError>
      {data === null ? (
        error === null ? (
          <Spinner label="Counting" />
        ) : null
      ) : (
        <div className="flex flex-col gap-10">
          <People people={data.items} projectId={projectId} />
          <section aria-label="How this is counted" className="max-w-prose text-[14px] text-muted">
            <p>
              Marks, claims and sources count while they are there, and only those that you may see. Letters
              are those of notes that still stand; what was deleted counts for nobody. Text that came in at
              once, {AT_ONCE} letters or more with one change, counts for whoever put it in and is shown
              apart: it was pasted, dictated, brought back by undo, or written without a connection. Numbers
              say how much, not how good: read them together.
            </p>
          </section>
          <Section
            title="CRediT statement"
            about="Roles that the record speaks for are ticked. Change them as it really was, then copy the statement."
          >
            <CreditForm key={data.items.map(({ person }) => person.id).join()} people={data.items} />
          </Section>
        </div>
      )}
    </div>
  );
}

function People({ people, projectId }: { people: readonly Contribution[]; projectId: string }) {
  return (
    <div className="max-w-full overflow-x-auto">
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">Who did what</caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} sticky start-0 bg-paper text-start`}>
              Person
            </th>
            {KEYS.map((key) => (
              <th key={key} scope="col" className={HEAD}>
                {COUNTS[key]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.person.id} className="border-b border-line hover:bg-hover">
              <th
                scope="row"
                className="sticky start-0 whitespace-nowrap bg-paper px-2 py-1.5 text-start font-normal"
              >
                <Link
                  href={`/projects/${projectId}/activity?person=${one.person.id}`}
                  className="rounded underline decoration-line underline-offset-2 hover:decoration-current"
                >
                  {one.person.name}
                </Link>
                {one.isMember ? null : <span className="text-muted">, left</span>}
              </th>
              {KEYS.map((key) => (
                <td key={key} className="px-2 py-1.5 text-end tabular-nums">
                  {one[key].toLocaleString('en')}
                  {key === 'letters' && one.letters > 0 ? (
                    <span className="block whitespace-nowrap text-[12px] text-muted">
                      {one.lettersAtOnce.toLocaleString('en')} at once
                    </span>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
