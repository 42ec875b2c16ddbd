'use client';
import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react';
import { can } from '@/lib/access/can';
import type { Annotation } from '@/lib/annotations/annotation';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { isOpen } from '@/lib/follow-ups/state';
import type { Note } from '@/lib/notes/note';
import { MarkList } from '../annotations/mark-list';
import { useProject } from '../live/project-context';
import { usePass } from '../passes/use-pass';
import { Spinner } from '../ui/progress';
import { Tabs } from '../ui/tabs';

const NoteEditor = lazy(() =>
  import('../notes/note-editor').then((module) => ({ default: module.NoteEditor })),
);

/** Its rules and names weigh as much as a page: whoever never opens its tab need not wait for them. */
const QuoteFinder = lazy(() =>
  import('../quotes/quote-finder').then((module) => ({ default: module.QuoteFinder })),
);

const FollowUpsOfSource = lazy(() =>
  import('../follow-ups/follow-ups-of-source').then((module) => ({ default: module.FollowUpsOfSource })),
);

export type SideTab = 'note' | 'quotes' | 'claims' | 'follow-ups';

/** Beside the article: the note that is written about it, and what was quoted and claimed in it. */
export function SideTabs({
  note,
  source,
  annotations,
  selected,
  onSelect,
  onShow,
  finding,
}: {
  note: Note;
  source: { id: string; title: string };
  annotations: readonly Annotation[];
  selected: SideTab;
  onSelect: (tab: SideTab) => void;
  onShow: (annotation: Annotation) => void;
  /** What finding quotes needs; `null` for whoever may not mark here. */
  finding: Omit<ComponentProps<typeof QuoteFinder>, 'marks'> | null;
}) {
  const { role, known, followUps } = useProject((state) => ({
    role: state.role,
    known: state.notes.get(note.id),
    followUps: countOf(state.followUps.values(), source.id),
  }));
  const { isHidden } = usePass(source.id);
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  const canMark = can(role, 'annotation.create');
  const waiting = (
    <div className="p-4">
      <Spinner label="Opening the note" />
    </div>
  );
  const count = (kind: Annotation['motivation']) =>
    annotations.filter(({ motivation }) => motivation === kind).length;
  const label = (name: string, number: number) => (
    <>
      {name} <span className="text-[12px] tabular-nums text-muted">{number}</span>
    </>
  );
  return (
    <Tabs
      label="Beside the article"
      className="h-full grow"
      selected={selected}
      onSelect={(id) => onSelect(id as SideTab)}
      tabs={[
        {
          id: 'note',
          label: 'Note',
          keepMounted: true,
          content: isHere ? (
            <Suspense fallback={waiting}>
              <NoteEditor note={known ?? note} canWrite={can(role, 'note.write')} isUnseen={isHidden} />
            </Suspense>
          ) : (
            waiting
          ),
        },
        {
          id: 'quotes',
          label: label('Quotes', count('quoting')),
          content: (
            <>
              {finding === null ? null : (
                <Suspense fallback={<p className="px-4 py-3 text-[14px] text-muted">Opening the finder…</p>}>
                  <QuoteFinder {...finding} marks={annotations} />
                </Suspense>
              )}
              <MarkList kind="quoting" annotations={annotations} canMark={canMark} onShow={onShow} />
            </>
          ),
        },
        {
          id: 'claims',
          label: label('Claims', count('claiming')),
          content: <MarkList kind="claiming" annotations={annotations} canMark={canMark} onShow={onShow} />,
        },
        {
          id: 'follow-ups',
          label: label('Follow-ups', followUps),
          content: (
            <Suspense fallback={<p className="px-4 py-3 text-[14px] text-muted">Opening the follow-ups…</p>}>
              <FollowUpsOfSource sourceId={source.id} title={source.title} />
            </Suspense>
          ),
        },
      ]}
    />
  );
}

/** How much there still is to do about a source. */
function countOf(followUps: Iterable<FollowUp>, sourceId: string): number {
  let count = 0;
  for (const one of followUps) if (one.raisedBy?.sourceId === sourceId && isOpen(one)) count += 1;
  return count;
}
