import { insertAudit } from '../../db/audit';
import { type Db, database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { Details } from '../../lib/audit/entry';

/** What is audited and is no event of the project: nobody's page shows it. */
export type Deed =
  | 'speaker.protected'
  | 'speaker.unprotected'
  | 'speaker.identity-read'
  | 'source.protected'
  | 'source.unprotected'
  | 'source.read'
  | 'source.file-read'
  | `source.passage-${'protected' | 'unprotected' | 'placed'}`
  | `export.${'project' | 'quotes' | 'gold' | 'agreement-inputs'}`;

/** Writes down, with what the caller's transaction does, that the Grant's holder did something. */
export async function recordDeed(
  grant: Grant,
  act: Deed,
  { subjectId = null, ...details }: Details & { readonly subjectId?: string | null } = {},
  db: Db = database(),
): Promise<void> {
  const { userId: id, name, ip } = grant.actor;
  await insertAudit(db, grant.projectId, [{ act, subjectId, details, actor: { id, name, ip } }]);
}
