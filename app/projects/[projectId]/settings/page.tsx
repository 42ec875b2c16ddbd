import type { Metadata } from 'next';
import { AuditLink } from '@/components/audit/audit-link';
import { StatusesEditor } from '@/components/claims/statuses-editor';
import { SettingsPage } from '@/components/projects/settings-page';
import { Webhooks } from '@/components/webhooks/webhooks';

export const metadata: Metadata = { title: 'Settings' };

export default function Page() {
  return (
    <SettingsPage>
      <StatusesEditor />
      <Webhooks />
      <AuditLink />
    </SettingsPage>
  );
}
