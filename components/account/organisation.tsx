'use client';

import { signInElsewhere } from '@/components/auth/session';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { Section } from '@/components/ui/section';
import { useAction } from '@/components/ui/use-action';

/** Signing in by the organisation: an account is connected by its owner, never by an address alone. */
export function Organisation({ name, connected }: { name: string; connected: boolean }) {
  const connect = useAction(() => signInElsewhere('/account'));
  return (
    <Section
      title="Your organisation"
      about={
        connected
          ? `You can sign in with ${name}.`
          : `Connect ${name} to sign in with it, instead of your password or beside it.`
      }
    >
      <FormError>{connect.error}</FormError>
      {connected ? null : (
        <Button className="self-start" isPending={connect.busy} onPress={() => connect.run()}>
          Connect {name}
        </Button>
      )}
    </Section>
  );
}
