import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { ApiTokens } from '@/components/account/api-tokens';
import { ChangePassword } from '@/components/account/change-password';
import { Sessions } from '@/components/account/sessions';
import { YourName } from '@/components/account/your-name';
import { AccountMenu } from '@/components/auth/account-menu';
import { Bar } from '@/components/ui/bar';
import { PageHeading } from '@/components/ui/page-heading';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const actor = await pageActor();
  if (!actor) redirect('/sign-in?to=/account');
  return (
    <>
      <Bar end={<AccountMenu me={{ id: actor.userId, name: actor.name }} />} />
      <main className="mx-auto flex w-full max-w-2xl flex-col gap-10 px-4 py-8">
        <PageHeading title="Your account">{actor.email}</PageHeading>
        <YourName name={actor.name} />
        <ChangePassword email={actor.email} />
        <Sessions />
        <ApiTokens />
      </main>
    </>
  );
}
