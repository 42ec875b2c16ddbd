'use client';

import { PageHeading } from '@/components/ui/page-heading';
import { Spinner } from '@/components/ui/progress';
import { ClipConfirm } from './clip-confirm';
import { ClipSetup } from './clip-setup';
import { useClip } from './use-clip';

/** A project that the person may bring sources into. */
export type ClipProject = { readonly id: string; readonly name: string; readonly teamName: string };

/** Where a page of another tab arrives; opened by hand, it says how one sends a page. */
export function ClipPage({
  projects,
  asked,
}: {
  projects: readonly ClipProject[];
  /** The project that the address of this page names. */
  asked: string | null;
}) {
  const sent = useClip();
  if (sent.at === 'asking')
    return (
      <div role="status" className="flex items-center gap-3 py-6">
        <Spinner label="Waiting for the page" />
        Waiting for the page…
      </div>
    );
  if (sent.at === 'refused')
    return (
      <PageHeading title="This page can’t be brought in">
        {sent.fault} You can still save the page as a file and bring that in.
      </PageHeading>
    );
  if (sent.at === 'sent') return <ClipConfirm clip={sent.clip} projects={projects} />;
  return <ClipSetup back={asked} />;
}
