import type { Metadata } from 'next';
import { pageActor } from '@/app/actor';
import { Invited } from '@/components/auth/invited';
import { signInWays } from '@/server/auth';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage() {
  const actor = await pageActor();
  return (
    <Invited me={actor ? { name: actor.name, email: actor.email } : null} organisation={signInWays().oidc} />
  );
}
