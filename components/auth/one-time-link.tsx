'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { useAction } from '@/components/ui/use-action';
import { useLinkToken } from './link-token';
import { signInWithLink } from './session';

/** Spends a one-time link only when the button is pressed: programs that open links in mails must not use it up. */
export function OneTimeLink() {
  const token = useLinkToken();
  const enter = useAction(async () => {
    await signInWithLink(token ?? '');
    // `replace`, so that going back does not lead to a spent link.
    window.location.replace('/');
  });
  return (
    <div className="flex flex-col items-start gap-5">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">Your sign-in link</h1>
      {token === '' ? (
        <p className="text-muted">
          The secret part behind <code>#</code> is missing from this address. Copy the whole link and open it
          again.
        </p>
      ) : (
        <>
          <p className="text-muted">It works once. Press the button to sign in with it on this device.</p>
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
