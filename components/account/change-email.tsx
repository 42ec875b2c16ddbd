'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { EmailField } from '@/components/auth/fields';
import { ActionForm } from '@/components/ui/action-form';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import { CurrentPassword } from './current-password';

export function ChangeEmail({ email: known, unconfirmed }: { email: string; unconfirmed: string | null }) {
  const router = useRouter();
  const [email, setEmail] = useState(known);
  const [currentPassword, setCurrentPassword] = useState('');
  const save = useAction(async () => {
    const me = await call('me.update', { body: { email, ...(currentPassword ? { currentPassword } : {}) } });
    setCurrentPassword('');
    if (me.unconfirmedEmail === null) toast({ text: `Your address is ${me.email} now.` });
    router.refresh();
  });
  return (
    <Section title="E-mail" about="What you sign in with, and where mail to you goes.">
      <p role="status" className="text-[14px] text-muted">
        {unconfirmed
          ? `A mail is on its way to ${unconfirmed}. Open the link in it to use that address; until then ${known} stays.`
          : ''}
      </p>
      <ActionForm action={save} submit="Change the address" busy="Saving…" look="secondary">
        <EmailField value={email} onChange={setEmail} />
        <CurrentPassword value={currentPassword} onChange={setCurrentPassword} />
      </ActionForm>
    </Section>
  );
}
