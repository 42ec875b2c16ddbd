'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import { useLinkToken } from './link-token';
import { SecretMissing } from './secret-missing';

/** Confirms a new address only when the button is pressed: programs that open links in mails must not. */
export function ConfirmEmail() {
  const token = useLinkToken();
  const [email, setEmail] = useState<string | null>(null);
  const confirm = useAction(async () => {
    setEmail((await call('email.confirm', { body: { token: token ?? '' } })).email);
  });
  return (
    <div className="flex flex-col items-start gap-5">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">Your new address</h1>
      <FormError>{confirm.error}</FormError>
      <p role="status" className="text-muted">
        {email ? `Your account has the address ${email} now.` : ''}
      </p>
      {token === '' ? (
        <SecretMissing />
      ) : email ? (
        <ButtonLink href="/account">Go to your account</ButtonLink>
      ) : (
        <>
          <p className="text-muted">Press the button to use this address for your account.</p>
          <Button
            look="primary"
            isDisabled={token === null}
            isPending={confirm.busy}
            onPress={() => confirm.run()}
          >
            {confirm.busy ? 'One moment…' : 'Confirm the address'}
          </Button>
        </>
      )}
    </div>
  );
}
