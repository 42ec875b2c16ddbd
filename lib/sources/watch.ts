import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Id } from '../ids';

/** How often the page of a source is looked at. */
export const INTERVALS = ['hour', 'six-hours', 'day', 'week'] as const;
export const Interval = z.enum(INTERVALS);
export type Interval = z.infer<typeof Interval>;

/**
 * What a look at a page came to. `unchanged`: its text is what it was. `changed`: it gave a new version. `busy`: the site
 * asks for patience, has a fault of its own or does not answer. `gone`: there is no page. `refused`: it wants a login or
 * lets no programs in. `unreadable`: what came is no text that can be read. `other-page`: what came has next to nothing in
 * common with the source. `disallowed`: the site's robots.txt says no.
 * `no-right`: whoever set the watch up may no longer change the source. `failed`: a fault of this program.
 */
export const CHECK_RESULTS = [
  'unchanged',
  'changed',
  'busy',
  'gone',
  'refused',
  'unreadable',
  'other-page',
  'disallowed',
  'no-right',
  'failed',
] as const;
export const CheckResult = z.enum(CHECK_RESULTS);
export type CheckResult = z.infer<typeof CheckResult>;

/** Why a watch ended by itself. */
export const STOP_REASONS = [
  'gone',
  'refused',
  'unreadable',
  'other-page',
  'disallowed',
  'no-right',
] as const;
export const StopReason = z.enum(STOP_REASONS);
export type StopReason = z.infer<typeof StopReason>;

const ADVICE: Record<StopReason, string> = {
  gone: 'There is no page at this address any more. If it moved, bring the new address in as a version, then switch the watch on again.',
  refused:
    'The site wants a login or lets no programs in. Look at the page yourself, and paste its text as a version when it changed.',
  unreadable:
    'No text could be read from the page any more. Look at it yourself, and paste its text as a version when it changed.',
  'other-page':
    'What stands at the address now has next to nothing in common with this source: a notice to readers, a login, or another article. Look at it yourself, and bring it in as a version if it is meant.',
  disallowed:
    "The site's robots.txt asks programs to leave this page alone. Look at it yourself, and paste its text as a version when it changed, or ask the site to let “Gloss” in.",
  'no-right':
    'Whoever switched this watch on may no longer change sources here. An editor or an owner can switch it on again.',
};

/** Why a watch ended, and what to do about it, for the person. */
export function stopAdvice(reason: StopReason): string {
  return ADVICE[reason];
}

/** The watch on a source: its page is looked at from time to time. A source without one is not watched. */
export const SourceWatch = z.object({
  /** The source's id. */
  id: Id,
  projectId: Id,
  every: Interval,
  /** Whom it acts for. */
  creator: Person,
  created: z.iso.datetime(),
  /** `null` when it has stopped. */
  nextCheck: z.iso.datetime().nullable(),
  lastChecked: z.iso.datetime().nullable(),
  lastResult: CheckResult.nullable(),
  /** Looks in a row that came to nothing. */
  failures: z.int().min(0),
  stopped: z.object({ because: StopReason, advice: z.string() }).nullable(),
  revision: z.int().min(1),
});
export type SourceWatch = z.infer<typeof SourceWatch>;

export const SourceWatchChange = z.strictObject({ every: Interval });
export type SourceWatchChange = z.infer<typeof SourceWatchChange>;
