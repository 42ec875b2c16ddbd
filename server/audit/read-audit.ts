import { selectAudit } from '../../db/audit';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AuditEntry, AuditKind, ChainedEntry } from '../../lib/audit/entry';

/** Who did what in a project, newest first: all of it, or one person's, or of one kind. */
export async function listAudit(
  grant: Grant,
  query: { person?: string; kind?: AuditKind; before?: number; limit: number },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const { limit, ...filter } = query;
  const rows = await selectAudit(database(), grant, filter, limit + 1);
  const page = rows.slice(0, limit);
  return {
    items: page.map(shown),
    nextCursor: rows.length > limit ? String(page.at(-1)?.nr) : null,
  };
}

function shown({
  actor: { id, name },
  at,
  prevHash: _,
  salt: __,
  personal: ___,
  ...entry
}: ChainedEntry): AuditEntry {
  return { ...entry, actor: { id, name }, at: at.toISOString() };
}
