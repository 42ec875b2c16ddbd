'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
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
    <form
      // Sent before the page's script runs, a form would put the password into the address.
      method="post"
      className="flex w-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void enter.run();
      }}
    >
      <FormError>{enter.error}</FormError>
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
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        value={email}
        onChange={setEmail}
        isDisabled={made}
      />
      <TextField
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        hint="At least 10 characters; a few words are easy to remember."
        isRequired
        minLength={10}
        maxLength={256}
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" look="primary" isPending={enter.busy}>
        {enter.busy ? 'One moment…' : 'Sign up and join'}
      </Button>
    </form>
  );
}
