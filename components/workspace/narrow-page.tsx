'use client';
import type { ReactNode } from 'react';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Sheet } from '../ui/dialog';

export type OpenSheet = 'navigator' | 'note' | null;

/** The workspace on a narrow page: the article, and the other two columns in sheets. */
export function NarrowPage({
  sheet,
  onSheet,
  navigator,
  reader,
  side,
}: {
  sheet: OpenSheet;
  onSheet: (sheet: OpenSheet) => void;
  navigator: ReactNode;
  reader: ReactNode;
  side: ReactNode;
}) {
  const name = useProject((state) => state.project.name);
  return (
    <>
      <div className="flex min-h-0 grow flex-col">{reader}</div>
      <nav
        aria-label="Project and note"
        className="flex shrink-0 gap-2 border-t border-line bg-paper px-3 py-2"
      >
        <Button className="grow" onPress={() => onSheet('navigator')}>
          Project
        </Button>
        <Button className="grow" onPress={() => onSheet('note')}>
          Note, quotes, claims
        </Button>
      </nav>
      <Sheet title={name} isOpen={sheet === 'navigator'} onClose={() => onSheet(null)}>
        {navigator}
      </Sheet>
      <Sheet title="Beside the article" isOpen={sheet === 'note'} onClose={() => onSheet(null)}>
        <div className="flex h-[64dvh] flex-col">{side}</div>
      </Sheet>
    </>
  );
}
