/** Below a control that is off for this person: why. Nothing when it is on. */
export function Because({ reason, id }: { reason: string | null; id?: string }) {
  if (reason === null) return null;
  return (
    <p id={id} className="max-w-64 text-[13px] text-muted">
      {reason}
    </p>
  );
}
