/** Said of a link that lost its end on the way. */
export function SecretMissing() {
  return (
    <p className="text-muted">
      The secret part behind <code>#</code> is missing from this address. Copy the whole link and open it
      again.
    </p>
  );
}
