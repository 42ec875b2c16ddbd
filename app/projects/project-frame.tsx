'use client';

import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/auth/account-menu';
import { FollowUpHost } from '@/components/follow-ups/follow-up-host';
import { ProjectProvider } from '@/components/live/project-context';
import { WaitingNotes } from '@/components/notes/waiting-notes';
import { NoticeBell } from '@/components/notices/notice-bell';
import { CommandPalette } from '@/components/palette/command-palette';
import { ConnectionLine } from '@/components/projects/connection-line';
import { ProjectBar } from '@/components/projects/project-bar';
import type { ProjectSnapshot } from '@/lib/live/snapshot';

/** What stands around every page of a project, also one that starts without a connection. */
export function ProjectFrame({ snapshot, children }: { snapshot: ProjectSnapshot; children: ReactNode }) {
  return (
    <ProjectProvider snapshot={snapshot}>
      {/* Before the page, which may ask it to open something as soon as it is there. */}
      <FollowUpHost />
      <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)]">
        <ProjectBar
          end={
            <>
              <CommandPalette />
              <NoticeBell />
              <AccountMenu me={snapshot.me} />
            </>
          }
        />
        <ConnectionLine />
        <main id="content" tabIndex={-1} className="relative min-h-0 overflow-y-auto outline-none">
          {children}
        </main>
      </div>
      <WaitingNotes />
    </ProjectProvider>
  );
}
