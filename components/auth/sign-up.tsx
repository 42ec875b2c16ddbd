'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import { EmailField, NewPasswordField } from './fields';
import { dropInvitation } from './link-token';
import { signInWithPassword } from './session';

/** Makes an account from an invitation; the server joins the project in the same step. */
export function SignUp({ token }: { token: string }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  // When signing in fails after the account was made, trying again must not make it a second time.
  const [made, setMade] = useState(false);
  const enter = useAction(async () => {
    if (!made) await call('account.create', { body: { invitation: token, name, email, password } });
    setMade(true);
    await signInWithPassword(email, password);
    dropInvitation();
    window.location.assign('/');
  });
  return (
    <ActionForm action={enter} submit="Sign up and join" busy="One moment…">
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        hint="Stands beside everything you mark and write."
        isRequired
        maxLength={120}
        value={name}
        onChange={setName}
        isDisabled={made}
      />
      <EmailField value={email} onChange={setEmail} isDisabled={made} />
      <NewPasswordField value={password} onChange={setPassword} />
    </ActionForm>
  );
}
