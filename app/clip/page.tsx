import type { Metadata } from 'next';
import Link from 'next/link';
import { pageActor } from '@/app/actor';
import { ClipPage } from '@/components/sources/clip-page';
import { LeaveWhole } from '@/components/sources/leave-whole';
import { Bar } from '@/components/ui/bar';
import { PageHeading } from '@/components/ui/page-heading';
import { can } from '@/lib/access/can';
import { Id } from '@/lib/ids';
import { listProjects } from '@/server/projects';

export const metadata: Metadata = { title: 'Send a page' };

export default async function Clip({ searchParams }: { searchParams: Promise<{ project?: string }> }) {
  const actor = await pageActor();
  const asked = Id.safeParse((await searchParams).project);
  // Signing in would lose the window that sends, so it is done beside this one.
  if (!actor)
    return (
      <>
        <LeaveWhole />
        <Bar />
        <main className="mx-auto w-full max-w-2xl px-4 py-8">
          <PageHeading title="Sign in first">
            <Link
              href="/sign-in"
              target="_blank"
              rel="noopener"
              className="text-accent underline underline-offset-2"
            >
              Sign in
            </Link>{' '}
            in another tab, then press the bookmark once more. Nothing was taken from the page.
          </PageHeading>
        </main>
      </>
    );
  const { items } = await listProjects(actor);
  const writable = items.filter(({ role, archived }) => archived === null && can(role, 'source.create'));
  return (
    <>
      <LeaveWhole />
      {/* No menu: what it leads to would be drawn in this window, which another page may hold. */}
      <Bar end={<span className="pe-2 text-[14px] text-muted">{actor.name}</span>} />
      <main className="mx-auto w-full max-w-2xl px-4 py-8">
        <ClipPage
          projects={writable.map(({ id, name, teamName }) => ({ id, name, teamName }))}
          asked={asked.success ? asked.data : null}
        />
      </main>
    </>
  );
}
