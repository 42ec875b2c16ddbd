'use client';

import { KeyRound, Mail } from 'lucide-react';
import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import { EmailField } from './fields';
import { MailLink } from './mail-link';
import { signInElsewhere, signInWithPasskey, signInWithPassword, stepPage } from './session';

/** What next-auth says in `?error=` when it sends somebody back here. */
const FAILURES: Record<string, string> = {
  AccessDenied: 'Your organisation signed you in, but you have no account here. Ask for an invitation link.',
  OAuthAccountNotLinked:
    'This e-mail has an account here. Sign in to it the way you did before, then connect your organisation on the page of your account.',
  EmailNotVerified:
    'Your organisation has not confirmed an e-mail address for you, so you cannot be told apart here.',
  OtherAccountLinked: 'Your account is connected with somebody else of your organisation already.',
  Verification: 'That link was used already or has run out. Ask for a new one.',
};

export function SignIn({
  to,
  link,
  organisation,
  passkeys,
  failure,
}: {
  to: string;
  link: boolean;
  /** The name of the organisation whose sign-in may be used. */
  organisation: string | null;
  /** Whether this instance can have passkeys. */
  passkeys: boolean;
  failure: string | null;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [byMail, setByMail] = useState(false);
  const enter = useAction(async () => {
    window.location.assign((await signInWithPassword(email, password)) === 'in' ? to : stepPage(to));
  });
  const byPasskey = useAction(async () => {
    await signInWithPasskey('passkey');
    window.location.assign(to);
  });
  const elsewhere = useAction(() => signInElsewhere(to));
  const cameBack = failure ? (FAILURES[failure] ?? 'Signing in did not work. Try again.') : null;
  return (
    <div className="flex flex-col gap-5">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">Sign in</h1>
      <FormError>{enter.error ?? byPasskey.error ?? elsewhere.error ?? cameBack}</FormError>
      {organisation ? (
        <Button onPress={() => elsewhere.run()} isPending={elsewhere.busy}>
          Continue with {organisation}
        </Button>
      ) : null}
      {byMail ? (
        <MailLink email={email} onEmail={setEmail} />
      ) : (
        <ActionForm action={{ ...enter, error: null }} submit="Sign in" busy="Signing in…">
          <EmailField value={email} onChange={setEmail} />
          <TextField
            label="Password"
            type="password"
            name="password"
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
          />
        </ActionForm>
      )}
      <div className="-ms-3.5 flex flex-col items-start gap-1">
        {passkeys ? (
          <Button look="quiet" isPending={byPasskey.busy} onPress={() => byPasskey.run()}>
            <KeyRound aria-hidden className="size-4 text-muted" />
            {byPasskey.busy ? 'Waiting for your passkey…' : 'Sign in with a passkey'}
          </Button>
        ) : null}
        {link ? (
          <Button look="quiet" onPress={() => setByMail(!byMail)}>
            <Mail aria-hidden className="size-4 text-muted" />
            {byMail ? 'Use a password instead' : 'Mail me a sign-in link instead'}
          </Button>
        ) : null}
      </div>
      <p className="border-t border-line pt-4 text-[14px] text-muted">
        New here? Accounts are made from an invitation link. Open the one you were sent, or ask somebody in
        the project for one.
      </p>
    </div>
  );
}
