'use client';

import { useState } from 'react';
import { NewPasswordField } from '@/components/auth/fields';
import { ActionForm } from '@/components/ui/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toasts';
import { CurrentPassword } from './current-password';
import { useProved } from './prove';
import { useFresh } from './use-fresh';

export function ChangePassword({ email }: { email: string }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [password, setPassword] = useState('');
  const [revokeTokens, setRevokeTokens] = useState(false);
  const factors = useFresh((signal) => call('factor.list', { signal }));
  const proved = useProved(factors.data);
  const change = async () => {
    await call('me.update', {
      body: { password, revokeTokens, ...(currentPassword ? { currentPassword } : {}) },
    });
    setCurrentPassword('');
    setPassword('');
    toast({ text: 'Your password is changed. You are signed out everywhere else.' });
  };
  const save = { ...proved, run: () => proved.run(change) };
  return (
    <Section title="Password" about="A new one signs you out everywhere else, and closes what is open there.">
      {proved.dialog}
      <ActionForm action={save} submit="Set the password" busy="Saving…" look="secondary">
        {/* Password managers read it to know whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <CurrentPassword value={currentPassword} onChange={setCurrentPassword} />
        <NewPasswordField label="New password" value={password} onChange={setPassword} />
        <Checkbox isSelected={revokeTokens} onChange={setRevokeTokens}>
          Revoke my API tokens too
        </Checkbox>
      </ActionForm>
    </Section>
  );
}
