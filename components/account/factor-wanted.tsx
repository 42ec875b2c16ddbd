import { buttonClass } from '@/components/ui/button';

/** Why somebody was led here who can't open a project without a second factor, and the way on once they have one. */
export function FactorWanted({
  project,
  hasOne,
}: {
  project: { id: string; name: string };
  hasOne: boolean;
}) {
  return (
    <div role="status" className="flex flex-col items-start gap-3 rounded-md bg-accent-wash p-4">
      <p className="break-words">
        “{project.name}” is open only to members with a second factor.{' '}
        {hasOne ? 'You have one now.' : 'Add one of these; it takes a minute.'}
      </p>
      {hasOne ? (
        // Not by the router: it may remember that it was led here.
        <a href={`/projects/${project.id}`} className={buttonClass('primary')}>
          Open the project
        </a>
      ) : null}
    </div>
  );
}
