'use client';
import { Keyboard, PanelLeft, PanelRight } from 'lucide-react';
import Link from 'next/link';
import { useProject } from '../live/project-context';
import { Bar } from '../ui/bar';
import { IconButton } from '../ui/button';
import { ThemeToggle } from '../ui/theme-toggle';
import type { Widths } from './columns';
import { StateLine } from './state-line';

/** The bar over the workspace: where one is, whether all is saved, and which columns are shown. */
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
  const project = useProject((state) => state.project);
  return (
    <Bar
      end={
        <>
          <StateLine />
          <IconButton label="Keys" shortcut="?" onPress={onHelp} className="max-sm:hidden">
            <Keyboard aria-hidden className="size-4" />
          </IconButton>
          <span className="max-sm:hidden">
            <ThemeToggle />
          </span>
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
        </>
      }
    >
      <span aria-hidden className="text-muted">
        /
      </span>
      <Link
        href={`/projects/${project.id}`}
        className="min-w-0 truncate rounded px-1 text-[15px] text-muted hover:text-ink"
      >
        {project.name}
      </Link>
    </Bar>
  );
}
