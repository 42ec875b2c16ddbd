import { z } from 'zod';
import type { Happening } from '../events/event';

/** What a project may hold only so much of. Files are counted in bytes, notes without those beside sources. */
export const QUOTAS = ['members', 'sources', 'file-bytes', 'annotations', 'notes'] as const;
export type Quota = (typeof QUOTAS)[number];

/** Whether there is room for more, little of it, or none. */
export const Room = z.enum(['room', 'near', 'full']);
export type Room = z.infer<typeof Room>;

/** How much of something a project holds, and may hold. */
export const Used = z.object({
  what: z.enum(QUOTAS),
  /** To owners all that is there; to others what they may see of it. */
  used: z.int().min(0),
  of: z.int().min(0),
  /** By all that is there, whoever asks. */
  room: Room,
  /** Whether `used` is all that is there. */
  isWhole: z.boolean(),
});
export type Used = z.infer<typeof Used>;

/** The share of a limit from which people are warned. */
const NEAR = 0.8;

/** Whether there is room, little of it, or none. */
export function roomIn({ used, of }: Pick<Used, 'used' | 'of'>): Room {
  if (used >= of) return 'full';
  return used >= of * NEAR ? 'near' : 'room';
}

/** By how many marks events made more or fewer, and what else there is more of, which is counted then; files have no event of their own. */
export type Growth = { annotations: number; others: Set<'members' | 'sources' | 'notes'> };

/** What events make of the quantities that are limited. */
export function growthOf(happenings: readonly Happening[]): Growth {
  const growth: Growth = { annotations: 0, others: new Set() };
  for (const { type, subject } of happenings) {
    if (type === 'annotation.created' || type === 'annotation.restored') growth.annotations += 1;
    else if (type === 'annotation.deleted') growth.annotations -= 1;
    else if (type === 'member.added') growth.others.add('members');
    else if (type === 'source.created') growth.others.add('sources');
    else if (type === 'note.created' && subject.sourceId === null) growth.others.add('notes');
  }
  return growth;
}

const NAMES: Record<Quota, readonly [one: string, more: string]> = {
  members: ['member', 'members'],
  sources: ['source', 'sources'],
  'file-bytes': ['of files', 'of files'],
  annotations: ['mark', 'marks'],
  notes: ['note', 'notes'],
};

const named = (what: Quota, many: number) => `${amount(what, many)} ${NAMES[what][many === 1 ? 0 : 1]}`;

/** A quantity as people read it: `1,200`, `3.4 GB` (a GB is 1,000,000,000 bytes). */
export function amount(what: Quota, many: number): string {
  if (what !== 'file-bytes') return many.toLocaleString('en-GB');
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = many < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(many) / 3));
  const shown = (many / 1_000 ** power).toLocaleString('en-GB', {
    maximumFractionDigits: power === 0 ? 0 : 1,
  });
  return `${shown} ${units[power]}`;
}

/** What can be done where there is no room for more. */
const MENDS: Record<Quota, string> = {
  members: 'Take somebody out, or ask whoever runs this Gloss for more room.',
  sources: 'Remove sources that are not needed, or ask whoever runs this Gloss for more room.',
  'file-bytes': 'Bring it in as text or from its address, or ask whoever runs this Gloss for more room.',
  annotations: 'Delete marks that are not needed, or ask whoever runs this Gloss for more room.',
  notes: 'Remove notes that are not needed, or ask whoever runs this Gloss for more room.',
};

/** What is said where something would not fit any more. */
export function fullWords(what: Quota, of: number): string {
  return `This project may hold ${named(what, of)}, and this would be more. ${MENDS[what]}`;
}

/** What is said before it is full: how much room is left (to owners alone), or that none is. Null where there is enough. */
export function roomWords({ what, used, of, room, isWhole }: Used): string | null {
  if (room === 'room') return null;
  if (room === 'full')
    return `This project holds ${of === 1 ? 'the' : 'all the'} ${named(what, of)} it may. ${MENDS[what]}`;
  if (!isWhole)
    return `This project may hold ${named(what, of)}, and most of that is used; its owners see how much room is left.`;
  return `${amount(what, used)} of the ${named(what, of)} that this project may hold are used; there is room for ${amount(what, of - used)} more.`;
}

const AMOUNT = /^(\d+(?:\.\d+)?)\s?(k|M|G|T)?B?$/;
const UNITS = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;

/** What an operator wrote for a limit: `500`, `20GB`, `default` (null). Undefined where that can't be read. */
export function readLimit(written: string): number | null | undefined {
  if (written === 'default') return null;
  const [, digits, unit] = AMOUNT.exec(written) ?? [];
  if (digits === undefined) return undefined;
  const many = Math.round(Number(digits) * (unit === undefined ? 1 : UNITS[unit as keyof typeof UNITS]));
  return Number.isSafeInteger(many) ? many : undefined;
}

/** Limits of one project that differ from those of the instance. */
export const OwnLimits = z.partialRecord(z.enum(QUOTAS), z.int().min(0));
export type OwnLimits = z.infer<typeof OwnLimits>;
