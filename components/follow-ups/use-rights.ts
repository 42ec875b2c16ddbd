'use client';
import { can } from '@/lib/access/can';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { useProject } from '../live/project-context';

/** What the person at this page may do with follow-ups. */
export function useRights() {
  const { role, me, isClosed } = useProject((state) => ({
    role: state.role,
    me: state.me.id,
    isClosed: state.connection === 'closed',
  }));
  return {
    role,
    me,
    mayRaise: !isClosed && can(role, 'follow-up.create'),
    mayChange: ({ creator, owner }: FollowUp) =>
      !isClosed &&
      can(role, creator.id === me || owner?.id === me ? 'follow-up.update-own' : 'follow-up.update-any'),
    mayDelete: ({ creator }: FollowUp) =>
      !isClosed && can(role, creator.id === me ? 'follow-up.delete-own' : 'follow-up.delete-any'),
  };
}
