'use client';

import { KeyRound } from 'lucide-react';
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
import { useClosedOut } from './use-closed-out';

/** Who is in the project, and how others get in; below it what else the page has of people. */
export function MembersPage({ children }: { children?: ReactNode }) {
  const members = useProject((state) =>
    [...state.members.values()].sort(
      (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.name.localeCompare(b.name),
    ),
  );
  const role = useProject((state) => state.role);
  const reason = whyNot(role, 'member.update');
  const closedOut = useClosedOut();
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
          {closedOut.size === 0 ? null : (
            <p className="mb-3 flex items-start gap-2 text-[14px] text-muted">
              <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0" />
              {closedOut.size === 1 ? '1 member has' : `${closedOut.size} of ${members.length} members have`}{' '}
              no second factor: this project is closed to them until they add one on their account.
            </p>
          )}
          <ul className="border-t border-line">
            {members.map((member) => (
              <MemberRow key={member.userId} member={member} isClosedOut={closedOut.has(member.userId)} />
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
