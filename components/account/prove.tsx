'use client';

import { useState } from 'react';
import { CodeField } from '@/components/auth/code-field';
import { signWithPasskey } from '@/components/auth/passkey';
import { ActionForm } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { CallError, call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import type { Factors } from '@/lib/factors/factor';

/** What waits for a proof, and which proof the server asks for. */
type Waiting = { readonly act: () => Promise<void>; readonly how: unknown };

/**
 * Runs what decides how somebody signs in, or whether they do, after they proved once more who they are where the server asks for it. `dialog`
 * is where they do.
 */
export function useProved(factors: Factors | null) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const action = useAction(async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (cause) {
      const asked = cause instanceof CallError && cause.details?.reason === 'prove-again';
      // Whoever can prove nothing here signs in anew: the server's words say so.
      if (!asked || cause.details?.how === 'sign-in') throw cause;
      setWaiting({ act, how: cause.details?.how });
    }
  });
  const dialog = factors ? (
    <Dialog title="Is it you?" isOpen={waiting !== null} onClose={() => setWaiting(null)} width="max-w-md">
      <Prove
        factors={factors}
        byPassword={waiting?.how === 'password'}
        onProved={() => {
          const act = waiting?.act;
          setWaiting(null);
          if (act) void action.run(act);
        }}
      />
    </Dialog>
  ) : null;
  return { ...action, dialog };
}

function Prove({
  factors,
  byPassword,
  onProved,
}: {
  factors: Factors;
  byPassword: boolean;
  onProved: () => void;
}) {
  const [given, setGiven] = useState('');
  const app = factors.authenticator !== null;
  const prove = useAction(async () => {
    await call('proof.give', { body: byPassword ? { password: given } : { code: given } });
    onProved();
  });
  const byPasskey = useAction(async () => {
    const passkey = await signWithPasskey(() => call('proof.begin'));
    await call('proof.give', { body: { passkey } });
    onProved();
  });
  return (
    <>
      <p className="text-muted">Prove once more that this is you. It holds for ten minutes.</p>
      <FormError>{prove.error ?? byPasskey.error}</FormError>
      {factors.passkeys.length > 0 ? (
        <Button
          look={app ? 'secondary' : 'primary'}
          isPending={byPasskey.busy}
          onPress={() => byPasskey.run()}
        >
          {byPasskey.busy ? 'Waiting for your passkey…' : 'Use a passkey'}
        </Button>
      ) : null}
      <ActionForm
        action={{ ...prove, error: null }}
        submit="Go on"
        busy="One moment…"
        look={byPassword || app ? 'primary' : 'secondary'}
      >
        {byPassword ? (
          <TextField
            label="Your password"
            type="password"
            autoComplete="current-password"
            isRequired
            autoFocus
            maxLength={256}
            value={given}
            onChange={setGiven}
          />
        ) : (
          <CodeField value={given} onChange={setGiven} app={app} autoFocus={app} />
        )}
      </ActionForm>
    </>
  );
}
