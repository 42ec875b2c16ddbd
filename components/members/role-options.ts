import type { Option } from '@/components/ui/select';
import type { Role } from '@/lib/access/roles';

export const ROLE_OPTIONS: readonly Option<Role>[] = [
  { id: 'owner', label: 'owner', hint: 'decides who is in' },
  { id: 'editor', label: 'editor', hint: 'brings sources in, writes' },
  { id: 'annotator', label: 'annotator', hint: 'marks and discusses' },
  { id: 'reader', label: 'reader', hint: 'reads' },
];

export type InvitedRole = Exclude<Role, 'owner'>;
/** A link can be passed on, so nobody becomes an owner by one. */
export const INVITED_ROLE_OPTIONS = ROLE_OPTIONS.filter(
  (option): option is Option<InvitedRole> => option.id !== 'owner',
);
