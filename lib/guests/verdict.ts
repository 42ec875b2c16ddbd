import { z } from 'zod';

/** What a guest says of a quote or claim they were asked about: it is right, or it is not. */
export const VERDICTS = ['confirmed', 'disputed'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** What a comment says of itself where a guest wrote it; `verdict` is null where they were not asked for one. */
export const GuestWord = z.object({ verdict: Verdict.nullable() });
export type GuestWord = z.infer<typeof GuestWord>;
