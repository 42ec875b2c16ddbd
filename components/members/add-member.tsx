'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import type { Role } from '@/lib/access/roles';
import { ROLE_OPTIONS } from './role-options';

export function AddMember() {
  const projectId = useProject((state) => state.project.id);
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('annotator');
  const add = useAction(async () => {
    const member = await call('member.add', { params: { projectId }, body: { email, role } });
    router.refresh();
    setEmail('');
    toast({ text: `${member.name} is in the project now.` });
  });
  return (
    <Section title="Add somebody who has an account">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        <FormError>{add.error}</FormError>
        <div className="grid items-end gap-3 sm:grid-cols-[1fr_9rem_auto]">
          <TextField
            label="E-mail"
            type="email"
            autoComplete="off"
            isRequired
            value={email}
            onChange={setEmail}
          />
          <Select label="Role" options={ROLE_OPTIONS} value={role} onChange={setRole} />
          <Button type="submit" isPending={add.busy}>
            Add
          </Button>
        </div>
      </form>
    </Section>
  );
}
