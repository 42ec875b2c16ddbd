'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LongList } from '@/components/ui/long-list';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { useAsked } from '@/components/ui/use-asked';
import { whyNot } from '@/lib/access/why-not';
import { BringInDialog } from './bring-in-dialog';
import { FileDrop } from './file-drop';
import { findSources, ORDERS, type Order } from './order';
import { SourceRow } from './source-row';

/** Everything the project reads; `children` stand above the list. */
export function SourcesPage({ children }: { children?: ReactNode }) {
  const project = useProject((state) => state.project);
  const known = useProject((state) => state.sources);
  const reason = whyNot(
    useProject((state) => state.role),
    'source.create',
  );
  const [bringing, setBringing] = useState(false);
  useAsked('bring-in', () => setBringing(reason === null));
  const [dropped, setDropped] = useState<readonly File[]>([]);
  const [query, setQuery] = useState('');
  const [order, setOrder] = useState<Order>('newest');
  const sources = [...known.values()].filter((source) => source.deleted === null);
  const found = findSources(sources, query, order);
  const bring = (
    <div className="flex flex-col items-start gap-1">
      <Button
        look="primary"
        isDisabled={reason !== null}
        aria-describedby="why-no-bringing"
        onPress={() => setBringing(true)}
      >
        <Plus aria-hidden className="size-4" />
        Bring a source in
      </Button>
      <Because id="why-no-bringing" reason={reason} />
    </div>
  );
  return (
    <FileDrop
      isDisabled={reason !== null || bringing}
      onFiles={(files) => {
        setDropped(files);
        setBringing(true);
      }}
    >
      <PageBody>
        <PageHeading title="Sources" action={sources.length > 0 ? bring : undefined} />
        {children}
        {sources.length === 0 ? (
          <EmptyState title="Nothing to read yet" action={bring}>
            A source is an article, report or transcript that all of you read in the same frozen copy. Paste
            its text, give its address or drop a file here; then mark what matters and write beside it.
          </EmptyState>
        ) : (
          <>
            <search className="flex flex-wrap items-end gap-3 pb-4">
              <TextField
                label="Find a source"
                labelHidden
                type="search"
                placeholder="Title, site or author"
                value={query}
                onChange={setQuery}
                className="min-w-40 grow"
              />
              <Select
                label="Order"
                labelHidden
                options={Object.entries(ORDERS).map(([id, label]) => ({ id: id as Order, label }))}
                value={order}
                onChange={setOrder}
                className="w-44"
              />
            </search>
            <p role="status" className={found.length === 0 ? 'py-6 text-muted' : 'sr-only'}>
              {found.length === 0
                ? `No source has “${query}” in its title, site or author.`
                : `${found.length} of ${sources.length} sources`}
            </p>
            <ul className={found.length > 0 ? 'border-t border-line' : undefined}>
              <LongList items={found}>{(source) => <SourceRow key={source.id} source={source} />}</LongList>
            </ul>
          </>
        )}
      </PageBody>
      <BringInDialog
        projectId={project.id}
        files={dropped}
        isOpen={bringing}
        onClose={() => {
          setBringing(false);
          setDropped([]);
        }}
      />
    </FileDrop>
  );
}
