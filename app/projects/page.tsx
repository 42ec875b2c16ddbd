import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { AccountMenu } from '@/components/auth/account-menu';
import { NoticeBell } from '@/components/notices/notice-bell';
import { DeletedProjects } from '@/components/projects/deleted-projects';
import { ProjectList } from '@/components/projects/project-list';
import { Bar } from '@/components/ui/bar';
import { listProjects, listTeams } from '@/server/projects';
import { listDeletedProjects } from '@/server/projects/restore';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  const actor = await pageActor();
  if (!actor) redirect('/sign-in?to=/projects');
  const [projects, teams, deleted] = await Promise.all([
    listProjects(actor),
    listTeams(actor),
    listDeletedProjects(actor),
  ]);
  return (
    <>
      <Bar
        end={
          <>
            <NoticeBell />
            <AccountMenu me={{ id: actor.userId, name: actor.name }} />
          </>
        }
      />
      <main className="mx-auto w-full max-w-3xl px-4 py-8">
        <ProjectList projects={projects.items} teams={teams.items} />
        <DeletedProjects projects={deleted.items} />
      </main>
    </>
  );
}
