import { replaceClaimStatuses, selectClaimStatuses } from '../../db/claim-statuses';
import { insertClaims, selectClaimsById, updateClaimRow } from '../../db/claims';
import { insertAllEvidence } from '../../db/evidence';
import { type Claim, MOST_EVIDENCE } from '../../lib/claims/claim';
import { type ClaimStatus, ClaimStatusesGiven } from '../../lib/claims/status';
import { type Coming, count, credit, cut, isMine } from './coming';
import { importId } from './import-id';
import { inParts, settleUp, tell } from './settle-up';

/** Statuses that a project takes. */
const MOST = 40;

/** Adds the statuses that claims of the file have and this project lacks. Answers the keys of all there are then. */
export async function bringStatuses(
  coming: Coming,
  given: readonly ClaimStatus[],
  claims: readonly Claim[],
): Promise<ReadonlySet<string>> {
  const { tx, grant, losses } = coming;
  const standing = await selectClaimStatuses(tx, grant);
  const keys = new Set(standing.map(({ key }) => key));
  const names = new Set(standing.map(({ name }) => name.toLowerCase()));
  const used = new Set(claims.map(({ status }) => status));
  const fits = (status: ClaimStatus) =>
    ClaimStatusesGiven.safeParse({ statuses: [status] }).success && !names.has(status.name.toLowerCase());
  const missing = given
    .filter((status) => used.has(status.key) && !keys.has(status.key) && fits(status))
    .slice(0, MOST - standing.length);
  for (const { key, name } of given) {
    const here = standing.find((one) => one.key === key);
    if (used.has(key) && here && here.name !== name)
      losses.add('What statuses are called', 'They keep the names they have here.', name);
  }
  if (missing.length === 0) return keys;
  const { projectId } = grant;
  const added = missing.map((one, nth) => ({ ...one, projectId, order: standing.length + nth }));
  await replaceClaimStatuses(tx, grant, [...standing, ...added]);
  const statuses = await selectClaimStatuses(tx, grant);
  await tell(coming, { type: 'claim-status.set', subject: { id: projectId, statuses } });
  return new Set(statuses.map(({ key }) => key));
}

/** Brings some claims in together, with the passages that they rest on. */
export async function bringClaims(
  coming: Coming,
  some: readonly Claim[],
  statuses: ReadonlySet<string>,
): Promise<void> {
  const { tx, grant, losses, claims, waiting } = coming;
  const idOf = ({ id }: Claim) => importId(grant.projectId, 'claim', id);
  const known = await selectClaimsById(
    tx,
    grant,
    some.flatMap((claim) => [claim.id, idOf(claim)]),
  );
  const there = new Map(known.map(({ id, deleted }) => [id, { isDeleted: deleted !== null }]));
  const fresh: Claim[] = [];
  for (const claim of some) {
    const id = [claim.id, idOf(claim)].find((one) => there.has(one));
    if (id === undefined) {
      fresh.push(claim);
      // A file may have it twice.
      there.set(idOf(claim), { isDeleted: false });
      continue;
    }
    if (!there.get(id)?.isDeleted) claims.set(claim.id, id);
    count(coming, 'Claims', claim.id, false);
  }
  const rows = fresh.map((claim) => ({ id: idOf(claim), ...fieldsOf(coming, claim, statuses) }));
  const made = await insertClaims(tx, grant, rows);
  const brought: ReturnType<typeof evidenceOf> = [];
  for (const claim of fresh) {
    const id = idOf(claim);
    if (!made.has(id)) {
      losses.add('Claims that can’t be told apart', 'Something else has their id.', claim.wording);
      continue;
    }
    credit(coming, id, { key: claim.creator.id, name: claim.creator.name });
    brought.push(...evidenceOf(coming, id, claim));
    if (claim.reopened)
      losses.add('That a source changed under a claim', 'Only one text came in.', claim.wording);
    waiting.events.push({ type: 'claim.created', id });
    claims.set(claim.id, id);
    count(coming, 'Claims', claim.id, true);
  }
  for (const part of inParts(brought)) await insertAllEvidence(tx, grant, part);
  for (const claim of fresh) if (made.has(idOf(claim))) await signOff(coming, idOf(claim), claim);
  await settleUp(coming);
}

/** What a claim says, as it is said here. */
function fieldsOf(coming: Coming, claim: Claim, statuses: ReadonlySet<string>) {
  const status = statuses.has(claim.status) ? claim.status : ([...statuses][0] ?? 'unverified');
  if (status !== claim.status)
    coming.losses.add('Statuses that are not here', `They come in as “${status}”.`, claim.status);
  const { confidence, due } = claim;
  const wording = cut(claim.wording.trim(), 2_000);
  const tags = claim.tags.map((tag) => cut(tag, 40)).slice(0, 20);
  return { wording, status, confidence, tags, due, ownerId: ownerHere(coming, claim) };
}

function ownerHere({ members, losses }: Coming, { owner }: Claim): string | null {
  const ownerId = owner === null ? null : (members.get(owner.id) ?? null);
  if (owner !== null && ownerId === null)
    losses.add('Who sees to claims', 'They are no members of this project, by their e-mail.', owner.name);
  return ownerId;
}

/** The passages that a claim rests on, as far as they are here. */
function evidenceOf(coming: Coming, claimId: string, claim: Claim) {
  const { grant, marks, losses } = coming;
  return claim.evidence.slice(0, MOST_EVIDENCE).flatMap((one) => {
    const id = importId(grant.projectId, 'evidence', one.id);
    credit(coming, id, { key: one.creator.id, name: one.creator.name });
    const annotationId = marks.get(one.annotationId);
    if (annotationId === undefined) {
      losses.add('Evidence whose mark did not come in', 'The claim rests on less here.', claim.wording);
      return [];
    }
    const { stance, reliability, credibility, note } = one;
    const said = { stance, reliability, credibility, note: note && cut(note, 2_000) };
    return [{ id, claimId, annotationId, ...said }];
  });
}

/** What somebody vouched for, they alone can bring. */
async function signOff(coming: Coming, id: string, { signedOff, wording }: Claim): Promise<void> {
  if (signedOff === null) return;
  const { tx, grant, losses } = coming;
  if (isMine(coming, signedOff.by.id)) await updateClaimRow(tx, grant, id, 1, { signedOff: 'now' });
  else losses.add('Sign-offs of others', 'Whoever vouches for it does so here, by themselves.', wording);
}
