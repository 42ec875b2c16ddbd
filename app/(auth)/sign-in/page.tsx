import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { safePath } from '@/components/auth/safe-path';
import { SignIn } from '@/components/auth/sign-in';
import { ForgetReading } from '@/components/live/forget-here';
import { signInWays } from '@/server/auth';
import { passkeysWork } from '@/server/factors/webauthn';

export const metadata: Metadata = { title: 'Sign in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const { to, callbackUrl, error } = await searchParams;
  const target = safePath(one(to) ?? one(callbackUrl), '/');
  if (await pageActor()) redirect(target);
  const { link, oidc } = await signInWays();
  return (
    <>
      <ForgetReading />
      <SignIn
        to={target}
        link={link}
        organisation={oidc}
        passkeys={passkeysWork()}
        failure={one(error) ?? null}
      />
    </>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
