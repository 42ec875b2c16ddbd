/** One thing the doctor looked at. Where it is wrong, the line says what to do. */
export type Finding = { readonly ok: boolean; readonly line: string };

/** A finding from both its lines. */
export function finding(ok: boolean, right: string, wrong: string): Finding {
  return { ok, line: ok ? right : wrong };
}
