'use client';

import type { ReactNode } from 'react';
import { useProject } from '@/components/live/project-context';
import { RoomLine } from '@/components/live/room-line';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Section } from '@/components/ui/section';
import { ROLES } from '@/lib/access/roles';
import { whyNot } from '@/lib/access/why-not';
import { AddMember } from './add-member';
import { Invitations } from './invitations';
import { MemberRow } from './member-row';

/** Who is in the project, and how others get in; below it what else the page has of people. */
export function MembersPage({ children }: { children?: ReactNode }) {
  const members = useProject((state) =>
    [...state.members.values()].sort(
      (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.name.localeCompare(b.name),
    ),
  );
  const role = useProject((state) => state.role);
  const reason = whyNot(role, 'member.update');
  return (
    <PageBody>
      <PageHeading title="Members">
        Readers read. Annotators also mark and discuss. Editors also bring sources in and write the notes and
        the codebook. Owners also decide who is in.
      </PageHeading>
      <div className="flex flex-col gap-10">
        <Section
          title="In this project"
          about={reason && `To change who is in: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`}
        >
          <ul className="border-t border-line">
            {members.map((member) => (
              <MemberRow key={member.userId} member={member} />
            ))}
          </ul>
        </Section>
        {reason === null ? (
          <>
            <RoomLine of={['members']} />
            <AddMember />
            <Invitations />
          </>
        ) : null}
        {children}
      </div>
    </PageBody>
  );
}
