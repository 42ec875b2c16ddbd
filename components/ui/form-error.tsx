/** What went wrong with what was just tried; read out when it appears. */
export function FormError({ children }: { children: string | null }) {
  return (
    // Stands there from the start, so that it is read out when it fills, and takes no room until then.
    <div role="alert" className={children ? '' : 'sr-only'}>
      {children ? (
        <p className="rounded-md bg-danger-wash px-3 py-2 text-[14px] text-danger">{children}</p>
      ) : null}
    </div>
  );
}
