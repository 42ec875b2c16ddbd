import { z } from 'zod';
import { CODE_COLOURS } from '../codebook/colours';
import { Id } from '../ids';
import { CLAIM_STATUSES } from './claim';

const name = z.string().trim().min(1, 'Give the status a name').max(40);
const colour = z.enum(CODE_COLOURS);
/** Small letters, digits and hyphens: what a claim stores, whatever the status is called. */
const key = z
  .string()
  .max(60)
  .regex(
    /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u,
    'A key has small letters, digits and hyphens only',
  );

/** What a project calls one stage of a claim. A project without any of its own has the defaults. */
export const ClaimStatus = z.object({
  projectId: Id,
  /** What claims store; it stays when the status is renamed. */
  key: z.string(),
  name: z.string(),
  colour,
  /** Its place among the others, from 0. */
  order: z.int().min(0),
  /** Whether there is still something to do about a claim with it. */
  isOpen: z.boolean(),
});
export type ClaimStatus = z.infer<typeof ClaimStatus>;

/** All statuses of a project as they are to be, in order. One that is left out is removed. */
export const ClaimStatusesGiven = z.object({
  statuses: z
    .array(z.object({ key: key.optional(), name, colour, isOpen: z.boolean() }))
    .min(1, 'A project keeps at least one status')
    .max(40),
  /** The keys that were there when the list was read: a conflict is answered when they are others now. */
  before: z.array(z.string()).max(40).optional(),
});
export type ClaimStatusesGiven = z.infer<typeof ClaimStatusesGiven>;

const DEFAULTS = {
  unverified: ['Unverified', 'sky', true],
  checking: ['Checking', 'amber', true],
  corroborated: ['Corroborated', 'emerald', false],
  contradicted: ['Contradicted', 'rose', false],
  disputed: ['Disputed', 'orange', true],
  unsupported: ['Unsupported', 'violet', false],
  retracted: ['Retracted', 'indigo', false],
} as const satisfies Record<(typeof CLAIM_STATUSES)[number], unknown>;

/** The statuses that a project has until it sets its own. */
export function defaultStatuses(projectId: string): ClaimStatus[] {
  return CLAIM_STATUSES.map((one, order) => {
    const [called, coloured, isOpen] = DEFAULTS[one];
    return { projectId, key: one, name: called, colour: coloured, order, isOpen };
  });
}

/** A key for a new status, made from its name and unlike the taken ones. */
export function keyFor(called: string, taken: ReadonlySet<string>): string {
  const plain =
    called
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-$/, '') || 'status';
  if (!taken.has(plain)) return plain;
  for (let count = 2; ; count += 1) if (!taken.has(`${plain}-${count}`)) return `${plain}-${count}`;
}
