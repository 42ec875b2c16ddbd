import { z } from 'zod';
import { Id } from '../ids';

/** The chain of what concerns no project: sign-ins, tokens, accounts. */
export const INSTANCE_CHAIN = '00000000-0000-0000-0000-000000000000';

/** What the first entry of a chain follows. */
export const NO_HASH = '0'.repeat(64);

const Detail = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export type Details = Readonly<Record<string, z.output<typeof Detail>>>;

/** Something that somebody did, or was refused, as it is written down: roles, names of members, counts; never what people wrote. */
export type Act = {
  /** What was done: the name of its event where it has one, such as `member.added`. */
  readonly act: string;
  /** Whom or what it was done to; null where that says itself. */
  readonly subjectId: string | null;
  readonly details: Details;
};

/** Who did it. */
export type AuditActor = { readonly id: string | null; readonly name: string; readonly ip: string | null };

/** An act with its place in a chain; `nr` counts from 1 without a gap. */
export type Entry = Act & { readonly nr: number; readonly actor: AuditActor; readonly at: Date };

/**
 * What stands in the chain for who an entry was by: the SHA-256 of `personalText`, hexadecimal. Once somebody of it was erased, the
 * salt is gone, and with it every way to guess the names from the digest; the chain still holds. Older entries have neither.
 */
export type Seal = { readonly salt: string | null; readonly personal: string | null };
export type ChainedEntry = Entry & Seal & { readonly prevHash: string; readonly hash: string };

const byName = (details: Details) => Object.entries(details).sort(([one], [other]) => (one < other ? -1 : 1));

/** The text of what an entry says of people: a JSON array of the salt, the actor's name and address, and the details by name. */
export function personalText(salt: string, { actor: { name, ip }, details }: Entry): string {
  return JSON.stringify([salt, name, ip, byName(details)]);
}

/**
 * The text whose SHA-256 is an entry's hash: a JSON array of its fields in this order, those about people by their digest; of an
 * older entry themselves, with details by name. What follows an entry has its hash in it, so that none can be changed, taken out
 * or moved without changing all after it.
 */
export function canonicalText(
  chain: string,
  entry: Entry & Pick<Seal, 'personal'>,
  prevHash: string,
): string {
  const { nr, act, actor, subjectId, details, personal } = entry;
  const at = entry.at.toISOString();
  if (personal !== null)
    return JSON.stringify([2, chain, nr, at, act, actor.id, subjectId, personal, prevHash]);
  const { id, name, ip } = actor;
  return JSON.stringify([1, chain, nr, at, act, id, name, ip, subjectId, byName(details), prevHash]);
}

/** An entry as owners of the project read it. Addresses of people stay with the operator. */
export const AuditEntry = z.object({
  nr: z.int().min(1),
  act: z.string(),
  actor: z.object({ id: Id.nullable(), name: z.string() }),
  subjectId: Id.nullable(),
  details: z.record(z.string(), Detail),
  at: z.iso.datetime(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What an audit can be narrowed to, as patterns of SQL's LIKE that its acts fit. */
export const AUDIT_KINDS = {
  people: ['member.%', 'invitation.%', 'guest-link.%'],
  refusals: ['access.%'],
  exports: ['export.%'],
  deletions: ['%.deleted', '%.restored'],
  speakers: ['speaker.protected', 'speaker.unprotected', 'speaker.identity-read'],
  sources: ['source.protected', 'source.unprotected', 'source.read', 'source.file-read', 'source.passage-%'],
  project: ['project.%', 'pass.revealed', 'claim-status.set'],
} as const;
export type AuditKind = keyof typeof AUDIT_KINDS;
