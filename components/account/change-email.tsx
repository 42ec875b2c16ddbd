'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { EmailField } from '@/components/auth/fields';
import { ActionForm } from '@/components/ui/action-form';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toasts';
import { CurrentPassword } from './current-password';
import { useProved } from './prove';
import { useFresh } from './use-fresh';

export function ChangeEmail({ email: known, unconfirmed }: { email: string; unconfirmed: string | null }) {
  const router = useRouter();
  const [email, setEmail] = useState(known);
  const [currentPassword, setCurrentPassword] = useState('');
  const factors = useFresh((signal) => call('factor.list', { signal }));
  const proved = useProved(factors.data);
  const change = async () => {
    const me = await call('me.update', { body: { email, ...(currentPassword ? { currentPassword } : {}) } });
    setCurrentPassword('');
    if (me.unconfirmedEmail === null) toast({ text: `Your address is ${me.email} now.` });
    router.refresh();
  };
  const save = { ...proved, run: () => proved.run(change) };
  return (
    <Section title="E-mail" about="What you sign in with, and where mail to you goes.">
      <p role="status" className="text-[14px] text-muted">
        {unconfirmed
          ? `A mail is on its way to ${unconfirmed}. Open the link in it to use that address; until then ${known} stays.`
          : ''}
      </p>
      {proved.dialog}
      <ActionForm action={save} submit="Change the address" busy="Saving…" look="secondary">
        <EmailField value={email} onChange={setEmail} />
        <CurrentPassword value={currentPassword} onChange={setCurrentPassword} />
      </ActionForm>
    </Section>
  );
}
