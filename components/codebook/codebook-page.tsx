'use client';

import { useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { whyNot } from '@/lib/access/why-not';
import { CodeRow } from './code-row';
import { NewCodeForm } from './new-code-form';

/** The flat list of codes: what the team looks for, and what each name means. */
export function CodebookPage() {
  const codes = useProject((state) =>
    [...state.codes.values()]
      .filter((code) => code.deleted === null)
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  );
  const role = useProject((state) => state.role);
  const reason = whyNot(role, 'code.create');
  return (
    <PageBody>
      <PageHeading title="Codebook">
        A code is a name for something you look for. Its definition makes two people mean the same by it.
      </PageHeading>
      {reason === null ? <NewCodeForm taken={codes.map((code) => code.name)} /> : <Because reason={reason} />}
      {codes.length === 0 ? (
        <EmptyState title="No codes yet">
          Start with two or three you are sure of, for example <em>Denial</em> or <em>Cost estimate</em>. They
          can be renamed later, and every mark keeps its code.
        </EmptyState>
      ) : (
        <ul className="mt-6 border-t border-line" aria-label="Codes">
          {codes.map((code) => (
            <CodeRow key={code.id} code={code} canChange={reason === null} />
          ))}
        </ul>
      )}
    </PageBody>
  );
}
