'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { whyNot } from '@/lib/access/why-not';
import type { Source } from '@/lib/sources/source';
import { useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { NewVersionDialog } from './new-version-dialog';

/** Opens the ways to give a source a new version; says why not to whoever may not. */
export function NewVersionButton({ source }: { source: Source }) {
  const [isOpen, setOpen] = useState(false);
  const reason = whyNot(
    useProject((state) => state.role),
    'source-version.create',
  );
  return (
    <div className="flex flex-col items-start gap-1">
      <Button isDisabled={reason !== null} aria-describedby="why-no-version" onPress={() => setOpen(true)}>
        <RefreshCw aria-hidden className="size-4" />
        New version…
      </Button>
      <Because id="why-no-version" reason={reason} />
      <NewVersionDialog source={source} isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}
