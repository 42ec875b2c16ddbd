'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import { useCall } from '@/components/ui/use-call';
import { useLinkToken } from './link-token';
import { SecretMissing } from './secret-missing';
import { signInWithLink, stepPage } from './session';

/** Says whom the link signs in, before it does. */
function Whose({ token }: { token: string }) {
  const { data, error } = useCall((signal) => call('sign-in.look', { body: { token }, signal }));
  if (error) return <FormError>{error}</FormError>;
  return (
    <p className="text-muted">
      {data ? (
        <>
          It signs you in as <strong className="font-medium text-ink">{data.name}</strong> ({data.email}) on
          this device. It works once.
        </>
      ) : (
        'Reading whom it signs in…'
      )}
    </p>
  );
}

/** Spends a one-time link only when the button is pressed: programs that open links in mails must not use it up. */
export function OneTimeLink() {
  const token = useLinkToken();
  const enter = useAction(async () => {
    const entered = await signInWithLink(token ?? '');
    // `replace`, so that going back does not lead to a spent link.
    window.location.replace(entered === 'in' ? '/' : stepPage('/'));
  });
  return (
    <div className="flex flex-col items-start gap-5">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">Your sign-in link</h1>
      {token === '' ? (
        <SecretMissing />
      ) : (
        <>
          {token ? <Whose key={token} token={token} /> : null}
          <FormError>{enter.error}</FormError>
          <Button
            look="primary"
            autoFocus
            isDisabled={token === null}
            isPending={enter.busy}
            onPress={() => enter.run()}
          >
            {enter.busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </>
      )}
      <p className="text-[14px] text-muted">
        Or{' '}
        <Link href="/sign-in" className="text-accent underline underline-offset-2">
          sign in another way
        </Link>
        .
      </p>
    </div>
  );
}
