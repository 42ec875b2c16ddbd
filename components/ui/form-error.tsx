/** What went wrong with what was just tried; read out when it appears. */
export function FormError({ children }: { children: string | null }) {
  return (
    <div role="alert">
      {children ? (
        <p className="rounded-md bg-danger-wash px-3 py-2 text-[14px] text-danger">{children}</p>
      ) : null}
    </div>
  );
}
