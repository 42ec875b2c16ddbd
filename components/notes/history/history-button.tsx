'use client';
import { History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../../ui/button';
import type { HistoryPanelProps } from './history-panel';

const HistoryPanel = lazy(() =>
  import('./history-panel').then((module) => ({ default: module.HistoryPanel })),
);

/** Opens the note's history, whose code comes with the first use. */
export function HistoryButton(props: Omit<HistoryPanelProps, 'onClose'>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label="History" onPress={() => setOpen(true)}>
        <History aria-hidden className="size-4" />
      </IconButton>
      {isOpen ? (
        <Suspense fallback={null}>
          <HistoryPanel {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
