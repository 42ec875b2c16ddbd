'use client';

import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Secret } from '@/components/ui/secret';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { useCall } from '@/components/ui/use-call';
import type { Invitation } from '@/lib/members/member';
import { NewInvitationForm } from './new-invitation-form';
import { standing } from './standing';

/** Links that let people in; the link itself is only shown when it is made. */
export function Invitations() {
  const projectId = useProject((state) => state.project.id);
  const list = useCall((signal) => call('invitation.list', { params: { projectId }, signal }));
  const [made, setMade] = useState<Invitation | null>(null);
  const revoke = useAction(async (invitationId: string) => {
    await call('invitation.revoke', { params: { projectId, invitationId } });
    if (made?.id === invitationId) setMade(null);
    list.reload();
  });
  return (
    <Section
      title="Invite by link"
      about="Whoever opens the link can join with that role, also without an account. Send it only to those it is meant for."
    >
      <NewInvitationForm
        projectId={projectId}
        onMade={(invitation) => {
          setMade(invitation);
          list.reload();
        }}
      />
      {made?.url ? (
        <div role="status" className="flex flex-col gap-2 rounded-md bg-accent-wash p-3">
          <p className="text-[14px]">The link is ready. Copy it now: it is not shown again.</p>
          <Secret label={`Invitation link for the role ${made.role}`} value={made.url} />
        </div>
      ) : null}
      <FormError>{revoke.error ?? list.error}</FormError>
      {list.data === null && list.error === null ? <Spinner label="Reading the invitations" /> : null}
      {list.data && list.data.items.length > 0 ? (
        <ul className="border-t border-line">
          {list.data.items.map((invitation) => {
            const state = standing(invitation, Date.now());
            return (
              <li key={invitation.id} className="flex items-center gap-3 border-b border-line py-2.5">
                <span className={`min-w-0 grow ${state === 'open' ? '' : 'text-muted'}`}>
                  {invitation.role}
                  <span className="block text-[13px] text-muted">
                    {state === 'revoked' ? 'revoked' : null}
                    {state === 'used-up' ? 'used up' : null}
                    {state === 'expired' ? 'ran out ' : null}
                    {state === 'open' ? 'runs out ' : null}
                    {state === 'open' || state === 'expired' ? <Time at={invitation.expires} /> : null} · used{' '}
                    {invitation.uses} of {invitation.maxUses}
                  </span>
                </span>
                {state === 'open' ? (
                  <Button
                    size="small"
                    look="danger"
                    aria-label={`Revoke the invitation for the role ${invitation.role}`}
                    isDisabled={revoke.busy}
                    onPress={() => void revoke.run(invitation.id)}
                  >
                    Revoke
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ul>
      ) : null}
    </Section>
  );
}
