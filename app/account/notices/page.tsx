import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { AccountMenu } from '@/components/auth/account-menu';
import { NoticeSettingsForm } from '@/components/notices/notice-settings-form';
import { Bar } from '@/components/ui/bar';
import { PageHeading } from '@/components/ui/page-heading';
import { getNoticeSettings } from '@/server/notices/settings';

export const metadata: Metadata = { title: 'Notices' };

export default async function NoticesPage() {
  const actor = await pageActor();
  if (!actor) redirect('/sign-in?to=/account/notices');
  const settings = await getNoticeSettings(actor);
  return (
    <>
      <Bar end={<AccountMenu me={{ id: actor.userId, name: actor.name }} />} />
      <main className="mx-auto flex w-full max-w-2xl flex-col gap-8 px-4 py-8">
        <PageHeading title="Notices">
          All of these stand behind the bell of a project, at once. Here you choose what else comes to{' '}
          {actor.email}.
        </PageHeading>
        <NoticeSettingsForm settings={settings} />
      </main>
    </>
  );
}
