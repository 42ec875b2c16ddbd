'use client';

import { useProject } from '@/components/live/project-context';
import { ButtonLink } from '@/components/ui/button-link';
import { Section } from '@/components/ui/section';
import { can } from '@/lib/access/can';

/** In a project's settings: the way to its audit, for whoever may read it. */
export function AuditLink() {
  const { role, projectId } = useProject((state) => ({
    role: state.project.role,
    projectId: state.project.id,
  }));
  if (!can(role, 'audit.read')) return null;
  return (
    <Section
      title="Audit"
      about="Who let people in and out, took data out, deleted, revealed, or was refused."
      action={<ButtonLink href={`/projects/${projectId}/audit`}>Read the audit</ButtonLink>}
    >
      {null}
    </Section>
  );
}
