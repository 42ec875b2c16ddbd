import type { Metadata } from 'next';
import { StatusesEditor } from '@/components/claims/statuses-editor';
import { SettingsPage } from '@/components/projects/settings-page';

export const metadata: Metadata = { title: 'Settings' };

export default function Page() {
  return (
    <SettingsPage>
      <StatusesEditor />
    </SettingsPage>
  );
}
