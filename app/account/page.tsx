import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { ApiTokens } from '@/components/account/api-tokens';
import { ChangeEmail } from '@/components/account/change-email';
import { ChangePassword } from '@/components/account/change-password';
import { Organisation } from '@/components/account/organisation';
import { SecondFactor } from '@/components/account/second-factor';
import { Sessions } from '@/components/account/sessions';
import { YourData } from '@/components/account/your-data';
import { YourName } from '@/components/account/your-name';
import { AccountMenu } from '@/components/auth/account-menu';
import { Bar } from '@/components/ui/bar';
import { PageHeading } from '@/components/ui/page-heading';
import { Section } from '@/components/ui/section';
import { signInWays } from '@/server/auth';
import { isConnected } from '@/server/oidc';
import { getMe } from '@/server/people';
import { listProjects } from '@/server/projects';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage({
  searchParams,
}: {
  searchParams: Promise<{ for?: string | string[] }>;
}) {
  const actor = await pageActor();
  if (!actor) redirect('/sign-in?to=/account');
  const [me, connected] = await Promise.all([getMe(actor), isConnected(actor.userId)]);
  const { for: wantedId } = await searchParams;
  const wanted =
    wantedId === undefined
      ? undefined
      : (await listProjects(actor)).items.find(
          ({ id, secondFactor }) => id === wantedId && secondFactor !== 'free',
        );
  const { oidc } = signInWays();
  return (
    <>
      <Bar end={<AccountMenu me={{ id: actor.userId, name: actor.name }} />} />
      <main className="mx-auto flex w-full max-w-2xl flex-col gap-10 px-4 py-8">
        <PageHeading title="Your account">{actor.email}</PageHeading>
        <YourName name={actor.name} />
        <ChangeEmail email={me.email} unconfirmed={me.unconfirmedEmail} />
        <ChangePassword email={actor.email} />
        <div id="second-factor" className="scroll-mt-8">
          <SecondFactor wanted={wanted ? { id: wanted.id, name: wanted.name } : null} />
        </div>
        {oidc && connected !== null ? <Organisation name={oidc} connected={connected} /> : null}
        <Section title="Notices">
          <p>
            <Link href="/account/notices" className="rounded text-accent underline underline-offset-2">
              Choose what comes by mail
            </Link>
          </p>
        </Section>
        <Sessions me={{ id: actor.userId }} />
        <ApiTokens />
        <YourData me={{ id: actor.userId, email: me.email }} />
      </main>
    </>
  );
}
