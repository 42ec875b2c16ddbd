import type { useStatuses } from './use-claims';

/** A claim's status by its name, with a dot of its colour. */
export function StatusChip({
  status,
  statuses,
}: {
  status: string;
  statuses: ReturnType<typeof useStatuses>;
}) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-[13px] font-medium">
      <span
        aria-hidden
        className="size-2.5 rounded-full"
        style={{ background: `var(--code-${statuses.colourOf(status)})` }}
      />
      {statuses.nameOf(status)}
    </span>
  );
}
