'use client';
import { History } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { IconButton } from '../../ui/button';
import type { HistoryPanelProps } from './history-panel';

const HistoryPanel = lazy(() =>
  import('./history-panel').then((module) => ({ default: module.HistoryPanel })),
);

/** Opens the note's history, whose code comes with the first use. */
export function HistoryButton({
  isOpen,
  onOpenChange,
  ...props
}: Omit<HistoryPanelProps, 'onClose'> & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <>
      <IconButton label="History" onPress={() => onOpenChange(true)}>
        <History aria-hidden className="size-4" />
      </IconButton>
      {isOpen ? (
        <Suspense fallback={null}>
          <HistoryPanel {...props} onClose={() => onOpenChange(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
