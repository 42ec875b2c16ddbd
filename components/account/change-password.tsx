'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';

export function ChangePassword({ email }: { email: string }) {
  const [currentPassword, setCurrentPassword] = useState('');
  const [password, setPassword] = useState('');
  const save = useAction(async () => {
    await call('me.update', { body: currentPassword ? { password, currentPassword } : { password } });
    setCurrentPassword('');
    setPassword('');
    toast({ text: 'Your password is changed.' });
  });
  return (
    <Section title="Password">
      <form
        // Sent before the page's script runs, a form would put the password into the address.
        method="post"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <FormError>{save.error}</FormError>
        {/* Password managers read it to know whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          hint="Leave it empty when you never set one."
          maxLength={256}
          value={currentPassword}
          onChange={setCurrentPassword}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters; a few words are easy to remember."
          isRequired
          minLength={10}
          maxLength={256}
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" className="self-start" isPending={save.busy}>
          {save.busy ? 'Saving…' : 'Set the password'}
        </Button>
      </form>
    </Section>
  );
}
