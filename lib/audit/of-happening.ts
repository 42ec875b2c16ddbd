import type { EventType, Happening } from '../events/event';
import type { Act, Details } from './entry';

type Subject<T extends EventType> = Extract<Happening, { type: T }>['subject'];
type Teller = { readonly [T in EventType]?: (subject: Subject<T>) => Details };

/** What is written down of the events that are audited, deletions apart. */
const TOLD: Teller = {
  'project.created': ({ name }) => ({ name }),
  'project.updated': ({ name, readersComment, secondFactor }) => ({
    name,
    ...(readersComment === undefined ? {} : { readersComment }),
    ...(secondFactor === undefined ? {} : { secondFactor }),
  }),
  'project.archived': ({ name }) => ({ name }),
  'project.unarchived': ({ name }) => ({ name }),
  'member.added': ({ name, role }) => ({ name, role }),
  'member.updated': ({ name, role }) => ({ name, role }),
  'member.removed': ({ name, role }) => ({ name, role }),
  'invitation.created': ({ role, maxUses, expires }) => ({ role, maxUses, expires }),
  'invitation.revoked': ({ role, uses }) => ({ role, uses }),
  'guest-link.created': ({ kind, mode, expires }) => ({ kind, mode, expires }),
  'guest-link.revoked': ({ kind, mode }) => ({ kind, mode }),
  'claim-status.set': ({ statuses }) => ({ count: statuses.length }),
  'pass.revealed': () => ({}),
};

/** Whether somebody must be able to say, years later, who did this: members, links, settings, reveals, and what was deleted or brought back. */
export function isAudited(type: EventType): boolean {
  return type in TOLD || /\.(deleted|restored)$/.test(type);
}

/** What the audit keeps of something that happened; null of what it does not. Of what was deleted that is its id alone. */
export function auditOf({ type, subject }: Happening): Act | null {
  if (!isAudited(type)) return null;
  const tell = TOLD[type] as ((subject: unknown) => Details) | undefined;
  const subjectId = 'id' in subject ? subject.id : subject.userId;
  return { act: type, subjectId, details: tell?.(subject) ?? {} };
}
