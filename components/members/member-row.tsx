'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Select } from '@/components/ui/select';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { can } from '@/lib/access/can';
import type { Role } from '@/lib/access/roles';
import type { Member } from '@/lib/members/member';
import { ROLE_OPTIONS } from './role-options';

type Props = {
  member: Member;
  /** Whether the project is closed to them for want of a second factor. */
  isClosedOut: boolean;
};

export function MemberRow({ member, isClosedOut }: Props) {
  const me = useProject((state) => state.me);
  const role = useProject((state) => state.role);
  const projectId = useProject((state) => state.project.id);
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const isMe = member.userId === me.id;
  const change = useAction(async (next: Role) => {
    const body = { userId: member.userId, role: next };
    await call('member.update', { params: { projectId }, body });
    router.refresh();
  });
  const remove = useAction(async () => {
    await call('member.remove', { params: { projectId }, body: { userId: member.userId } });
    setLeaving(false);
    if (isMe) window.location.assign('/projects');
  });
  return (
    <li className="flex flex-col gap-2 border-b border-line py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar userId={member.userId} name={member.name} size={30} />
        <div className="min-w-40 grow basis-40 break-words">
          {member.name}
          {isMe ? <span className="text-muted"> (you)</span> : null}
          <span className="block text-[13px] text-muted">
            {member.email} · joined <Time at={member.joined} />
            {isClosedOut ? <span className="text-ink"> · no second factor</span> : null}
          </span>
        </div>
        {can(role, 'member.update') ? (
          <Select
            label={`Role of ${member.name}`}
            labelHidden
            options={ROLE_OPTIONS}
            value={member.role}
            onChange={(next) => next !== member.role && void change.run(next)}
            isDisabled={change.busy}
            className="w-36"
          />
        ) : (
          <span className="text-muted">{member.role}</span>
        )}
        {isMe || can(role, 'member.remove') ? (
          <Button
            size="small"
            className="w-20"
            aria-label={isMe ? 'Leave the project' : `Remove ${member.name}`}
            onPress={() => setLeaving(true)}
          >
            {isMe ? 'Leave' : 'Remove'}
          </Button>
        ) : null}
      </div>
      <FormError>{change.error}</FormError>
      <ConfirmDialog
        title={isMe ? 'Leave this project?' : `Remove ${member.name}?`}
        confirm={isMe ? 'Leave' : 'Remove'}
        isOpen={leaving}
        isPending={remove.busy}
        onClose={() => setLeaving(false)}
        onConfirm={() => void remove.run()}
      >
        <p>
          {isMe
            ? 'You lose access at once; only an invitation brings you back. What you made stays.'
            : 'They lose access at once, also where they have the project open. What they made stays.'}
        </p>
        <FormError>{remove.error}</FormError>
      </ConfirmDialog>
    </li>
  );
}
