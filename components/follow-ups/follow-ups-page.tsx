'use client';
import { Columns3, List, Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { whyNot } from '@/lib/access/why-not';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { useActions, useProject } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { signal } from '../live/signals';
import { Because } from '../ui/because';
import { Button, IconButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { PageHeading } from '../ui/page-heading';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { useQuery } from '../ui/use-query';
import { useStored } from '../ui/use-stored';
import { FollowUpBoard } from './follow-up-board';
import { type FollowUpFilter, findFollowUps, NO_FILTER } from './follow-up-filter';
import { FollowUpList } from './follow-up-list';
import { useRights } from './use-rights';
import { useToday } from './use-today';

type View = 'list' | 'board';
const isView = (value: unknown): value is View => value === 'list' || value === 'board';

/** What is to be asked and done in the project, by day or by state. */
export function FollowUpsPage() {
  const followUps = useProject((state) => state.followUps);
  const isComing = useProject((state) => state.coming.has('followUps'));
  const { updateFollowUp } = useActions();
  const { role, mayChange } = useRights();
  const today = useToday();
  const [view, setView] = useStored<View>('gloss.follow-ups-view', 'list', isView);
  const [filter, setFilter] = useState<FollowUpFilter>(NO_FILTER);
  const reason = whyNot(role, 'follow-up.create');
  useOpenFromAddress();
  const all = useMemo(() => findFollowUps(followUps.values(), NO_FILTER), [followUps]);
  const found = useMemo(() => findFollowUps(followUps.values(), filter), [followUps, filter]);
  const write = (
    <div className="flex flex-col items-start gap-1">
      <Button
        look="primary"
        isDisabled={reason !== null}
        aria-describedby="why-no-follow-up"
        onPress={() => raiseFollowUp(null)}
      >
        <Plus aria-hidden className="size-4" />
        Ask or assign
      </Button>
      <Because id="why-no-follow-up" reason={reason} />
    </div>
  );
  return (
    <div className={`mx-auto w-full px-4 py-8 ${view === 'board' ? 'max-w-none' : 'max-w-4xl'}`}>
      <PageHeading title="Follow-ups" action={all.length > 0 ? write : undefined}>
        Open questions and tasks: whose they are, until when, and what raised them.
      </PageHeading>
      {all.length === 0 ? (
        <EmptyState title="Nothing to follow up yet" action={write}>
          Open the card of a mark in a source and press <kbd>f</kbd>, or use the button on a comment, on a
          claim or on a task of a note. Whoever you give it to is told.
        </EmptyState>
      ) : (
        <>
          <Filters all={all} filter={filter} onFilter={setFilter}>
            <div className="flex">
              <IconButton label="List by day" pressed={view === 'list'} onPress={() => setView('list')}>
                <List aria-hidden className="size-4" />
              </IconButton>
              <IconButton label="Board by state" pressed={view === 'board'} onPress={() => setView('board')}>
                <Columns3 aria-hidden className="size-4" />
              </IconButton>
            </div>
          </Filters>
          <p role="status" className={found.length === 0 ? 'py-6 text-muted' : 'sr-only'}>
            {isComing
              ? 'Reading all follow-ups…'
              : found.length === 0
                ? 'No follow-up fits all of this.'
                : `${found.length} of ${all.length} follow-ups`}
          </p>
          {view === 'board' ? (
            <>
              <p className="pb-2 text-[13px] text-muted max-sm:hidden">
                Drag a card, or move the one that has the focus with <kbd>Alt</kbd> and the arrow keys.
              </p>
              <FollowUpBoard
                followUps={found}
                today={today}
                mayMove={mayChange}
                onMove={({ id }, to) => updateFollowUp(id, to)}
              />
            </>
          ) : (
            <FollowUpList followUps={found} today={today} mayChange={mayChange} />
          )}
        </>
      )}
    </div>
  );
}

/** Opens the follow-up that the address names, and lets the address go. */
function useOpenFromAddress(): void {
  const id = useQuery('open');
  useEffect(() => {
    if (id === null) return;
    signal('follow-up.open', { id });
    window.history.replaceState(null, '', window.location.pathname);
  }, [id]);
}

function Filters({
  all,
  filter,
  onFilter,
  children,
}: {
  all: readonly FollowUp[];
  filter: FollowUpFilter;
  onFilter: (filter: FollowUpFilter) => void;
  children: React.ReactNode;
}) {
  const { members, sources, me } = useProject((state) => ({
    members: state.members,
    sources: state.sources,
    me: state.me.id,
  }));
  const used = new Set(all.flatMap(({ raisedBy }) => raisedBy?.sourceId ?? []));
  const here = [...sources.values()].filter(({ id }) => used.has(id));
  return (
    <search className="flex flex-wrap items-end gap-2 pb-4">
      <TextField
        label="Find a follow-up"
        labelHidden
        type="search"
        placeholder="Words"
        value={filter.words}
        onChange={(words) => onFilter({ ...filter, words })}
        className="min-w-40 grow"
      />
      <Button
        look={filter.owner === me ? 'primary' : 'secondary'}
        aria-pressed={filter.owner === me}
        onPress={() => onFilter({ ...filter, owner: filter.owner === me ? '' : me })}
      >
        Mine
      </Button>
      <Select
        label="Owner"
        labelHidden
        className="w-36"
        value={filter.owner === '' ? 'all' : filter.owner}
        onChange={(owner) => onFilter({ ...filter, owner: owner === 'all' ? '' : owner })}
        options={[
          { id: 'all', label: 'Everybody’s' },
          ...(filter.owner === me ? [{ id: me, label: 'Mine' }] : []),
          { id: 'none', label: 'Nobody’s' },
          ...[...members.values()]
            .filter(({ userId }) => userId !== me)
            .map(({ userId, name }) => ({ id: userId, label: name })),
        ]}
      />
      <Select
        label="Kind"
        labelHidden
        className="w-36"
        value={filter.kind === '' ? 'all' : filter.kind}
        onChange={(kind) => onFilter({ ...filter, kind: kind === 'all' ? '' : kind })}
        options={[
          { id: 'all', label: 'Every kind' },
          { id: 'question', label: 'Questions' },
          { id: 'task', label: 'Tasks' },
        ]}
      />
      {here.length > 0 ? (
        <Select
          label="Source"
          labelHidden
          className="w-40"
          value={filter.source === '' ? 'all' : filter.source}
          onChange={(source) => onFilter({ ...filter, source: source === 'all' ? '' : source })}
          options={[
            { id: 'all', label: 'Every source' },
            ...here.map(({ id, title }) => ({ id, label: title })),
          ]}
        />
      ) : null}
      {children}
    </search>
  );
}
