'use client';

import { type ReactNode, useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { FormError } from '@/components/ui/form-error';
import { useAction } from '@/components/ui/use-action';
import { CodeField } from './code-field';
import { NewPasswordField } from './fields';
import { type Entered, signInWithPasskey, takeStep } from './session';

export type Step =
  | { needs: 'factor'; email: string; app: boolean; passkeys: boolean }
  | { needs: 'password'; email: string };

/** What follows a right password, link or organisation: a second factor, or another password. */
export function NextStep({ step, to }: { step: Step | null; to: string }) {
  const go = (entered: Entered) => {
    if (entered === 'in') window.location.assign(to);
    // The page knows what is asked for next.
    else window.location.reload();
  };
  if (step === null)
    return (
      <Frame title="Start again">
        <p className="text-muted">
          Signing in took longer than ten minutes, or was ended elsewhere. Nothing is lost: sign in once more.
        </p>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </Frame>
    );
  return step.needs === 'factor' ? (
    <Factor step={step} go={go} />
  ) : (
    <NewPassword email={step.email} go={go} />
  );
}

function Factor({
  step: { email, app, passkeys },
  go,
}: {
  step: Extract<Step, { needs: 'factor' }>;
  go: (entered: Entered) => void;
}) {
  const [code, setCode] = useState('');
  const byCode = useAction(async () => go(await takeStep({ code })));
  const byPasskey = useAction(async () => go(await signInWithPasskey('step')));
  return (
    <Frame title="One more proof" email={email}>
      <FormError>{byPasskey.error ?? byCode.error}</FormError>
      {passkeys ? (
        <Button
          look={app ? 'secondary' : 'primary'}
          className="w-full"
          isPending={byPasskey.busy}
          onPress={() => byPasskey.run()}
        >
          {byPasskey.busy ? 'Waiting for your passkey…' : 'Use a passkey'}
        </Button>
      ) : null}
      <ActionForm
        action={{ ...byCode, error: null }}
        submit="Go on"
        busy="One moment…"
        look={app ? 'primary' : 'secondary'}
      >
        <CodeField value={code} onChange={setCode} app={app} autoFocus={app} />
      </ActionForm>
      <p className="border-t border-line pt-4 text-[14px] text-muted">
        Lost your device and your recovery codes? Whoever runs this instance can take the second factor off
        your account.
      </p>
    </Frame>
  );
}

function NewPassword({ email, go }: { email: string; go: (entered: Entered) => void }) {
  const [password, setPassword] = useState('');
  const save = useAction(async () => go(await takeStep({ password })));
  return (
    <Frame title="Choose another password" email={email}>
      <p className="text-muted">
        Yours is on the lists of common passwords that are tried first, so it protects nothing. Choose another
        to go on; it signs you out everywhere else.
      </p>
      <ActionForm action={save} submit="Save it and go on" busy="Saving…">
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField label="New password" value={password} onChange={setPassword} />
      </ActionForm>
    </Frame>
  );
}

function Frame({ title, email, children }: { title: string; email?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-5">
      <div>
        <h1 className="font-serif text-[28px] font-semibold leading-tight">{title}</h1>
        {email ? <p className="break-words text-muted">You are signing in as {email}.</p> : null}
      </div>
      {children}
    </div>
  );
}
