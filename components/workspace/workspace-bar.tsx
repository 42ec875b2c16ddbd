'use client';
import { Keyboard, PanelLeft, PanelRight } from 'lucide-react';
import { BarTools } from '../ui/bar';
import { IconButton } from '../ui/button';
import type { Widths } from './columns';
import { StateLine } from './state-line';

/** What the workspace adds to the bar: whether all is saved, the keys, and which columns are shown. */
export function WorkspaceBar({
  widths,
  onWidths,
  onHelp,
}: {
  /** `null` on a narrow page, which has no columns. */
  widths: Widths | null;
  onWidths: (widths: Widths) => void;
  onHelp: () => void;
}) {
  return (
    <BarTools>
      <StateLine />
      <IconButton label="Keys" shortcut="?" onPress={onHelp} className="max-sm:hidden">
        <Keyboard aria-hidden className="size-4" />
      </IconButton>
      {widths === null ? null : (
        <>
          <IconButton
            label={widths.navigatorOpen ? 'Fold the navigator' : 'Show the navigator'}
            pressed={widths.navigatorOpen}
            onPress={() => onWidths({ ...widths, navigatorOpen: !widths.navigatorOpen })}
          >
            <PanelLeft aria-hidden className="size-4" />
          </IconButton>
          <IconButton
            label={widths.noteOpen ? 'Fold the note' : 'Show the note'}
            pressed={widths.noteOpen}
            onPress={() => onWidths({ ...widths, noteOpen: !widths.noteOpen })}
          >
            <PanelRight aria-hidden className="size-4" />
          </IconButton>
        </>
      )}
    </BarTools>
  );
}
