'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Select } from '@/components/ui/select';
import { useAction } from '@/components/ui/use-action';
import type { Invitation } from '@/lib/members/member';
import { INVITED_ROLE_OPTIONS, type InvitedRole } from './role-options';

const DAYS = { '1': 'a day', '7': 'a week', '30': 'a month', '90': 'three months' } as const;
const USES = { '1': 'one person', '10': '10 people', '50': '50 people', '500': '500 people' } as const;
const options = <K extends string>(labels: Record<K, string>) =>
  (Object.keys(labels) as K[]).sort((a, b) => Number(a) - Number(b)).map((id) => ({ id, label: labels[id] }));

export function NewInvitationForm({
  projectId,
  onMade,
}: {
  projectId: string;
  onMade: (invitation: Invitation) => void;
}) {
  const [role, setRole] = useState<InvitedRole>('annotator');
  const [days, setDays] = useState<keyof typeof DAYS>('7');
  const [uses, setUses] = useState<keyof typeof USES>('10');
  const make = useAction(async () => {
    onMade(
      await call('invitation.create', {
        params: { projectId },
        body: { role, days: Number(days), maxUses: Number(uses) },
      }),
    );
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <FormError>{make.error}</FormError>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <Select label="Role" options={INVITED_ROLE_OPTIONS} value={role} onChange={setRole} />
        <Select label="Works for" options={options(DAYS)} value={days} onChange={setDays} />
        <Select label="Lets in at most" options={options(USES)} value={uses} onChange={setUses} />
        <Button type="submit" look="primary" isPending={make.busy}>
          Make a link
        </Button>
      </div>
    </form>
  );
}
