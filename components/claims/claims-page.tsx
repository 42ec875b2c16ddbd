'use client';
import { Columns3, List, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { can } from '@/lib/access/can';
import { whyNot } from '@/lib/access/why-not';
import type { Claim } from '@/lib/claims/claim';
import { GuestLinkTo } from '../live/guest-link-to';
import { useActions, useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button, IconButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { LongList } from '../ui/long-list';
import { PageHeading } from '../ui/page-heading';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { useAsked } from '../ui/use-asked';
import { useStored } from '../ui/use-stored';
import { ClaimBoard } from './claim-board';
import { type ClaimFilter, type ClaimOrder, findClaims, NO_FILTER, todayHere } from './claim-filter';
import { ClaimRow } from './claim-row';
import { NewClaimDialog } from './new-claim-dialog';
import { useStatuses } from './use-claims';

type View = 'list' | 'board';
const isView = (value: unknown): value is View => value === 'list' || value === 'board';

/** The claim ledger: what the project tracks as true or not, and how each stands. */
export function ClaimsPage() {
  const { claims, isComing, members, role, me } = useProject((state) => ({
    claims: state.claims,
    isComing: state.coming.has('claims'),
    members: state.members,
    role: state.role,
    me: state.me.id,
  }));
  const { updateClaim } = useActions();
  const statuses = useStatuses();
  const [view, setView] = useStored<View>('gloss.claims-view', 'list', isView);
  const [filter, setFilter] = useState<ClaimFilter>(NO_FILTER);
  const [order, setOrder] = useState<ClaimOrder>('newest');
  const [isWriting, setWriting] = useState(false);
  const reason = whyNot(role, 'claim.create');
  useAsked('write', () => setWriting(reason === null));
  const today = todayHere(new Date());
  const found = useMemo(() => findClaims(claims.values(), filter, order), [claims, filter, order]);
  const all = useMemo(() => [...claims.values()].filter(({ deleted }) => deleted === null), [claims]);
  const tags = useMemo(() => [...new Set(all.flatMap((claim) => claim.tags))].sort(), [all]);
  const mayMove = (claim: Claim) =>
    can(role, claim.creator.id === me ? 'claim.update-own' : 'claim.update-any');
  const move = useCallback(
    (claim: Claim, status: string) => updateClaim(claim.id, { status }),
    [updateClaim],
  );
  const write = (
    <div className="flex flex-col items-start gap-1">
      <Button
        look="primary"
        isDisabled={reason !== null}
        aria-describedby="why-no-claim"
        onPress={() => setWriting(true)}
      >
        <Plus aria-hidden className="size-4" />
        Write a claim
      </Button>
      <Because id="why-no-claim" reason={reason} />
    </div>
  );
  return (
    <div className={`mx-auto w-full px-4 py-8 ${view === 'board' ? 'max-w-none' : 'max-w-4xl'}`}>
      <PageHeading title="Claims" action={all.length > 0 ? write : undefined}>
        What is said to be so, which passages speak for and against it, and how sure you are.
      </PageHeading>
      {all.length === 0 ? (
        <EmptyState title="No claims yet" action={write}>
          Mark a statement in a source with <kbd>c</kbd> and track it from its card, or write one down here.
          Then attach passages from any source as support, as dispute or as context.
        </EmptyState>
      ) : (
        <>
          <search className="flex flex-wrap items-end gap-2 pb-4">
            <TextField
              label="Find a claim"
              labelHidden
              type="search"
              placeholder="Words or a tag"
              value={filter.words}
              onChange={(words) => setFilter({ ...filter, words })}
              className="min-w-40 grow"
            />
            {view === 'list' ? (
              <Select
                label="Status"
                labelHidden
                className="w-40"
                value={filter.status === '' ? 'all' : filter.status}
                onChange={(status) => setFilter({ ...filter, status: status === 'all' ? '' : status })}
                options={[
                  { id: 'all', label: 'Every status' },
                  ...statuses.list.map(({ key, name }) => ({ id: key, label: name })),
                ]}
              />
            ) : null}
            <Select
              label="Owner"
              labelHidden
              className="w-40"
              value={filter.owner === '' ? 'all' : filter.owner}
              onChange={(owner) => setFilter({ ...filter, owner: owner === 'all' ? '' : owner })}
              options={[
                { id: 'all', label: 'Everybody’s' },
                { id: me, label: 'Mine' },
                { id: 'none', label: 'Nobody’s' },
                ...[...members.values()]
                  .filter(({ userId }) => userId !== me)
                  .map(({ userId, name }) => ({ id: userId, label: name })),
              ]}
            />
            {tags.length > 0 ? (
              <Select
                label="Tag"
                labelHidden
                className="w-36"
                value={filter.tag === '' ? 'all' : filter.tag}
                onChange={(tag) => setFilter({ ...filter, tag: tag === 'all' ? '' : tag })}
                options={[
                  { id: 'all', label: 'Every tag' },
                  ...tags.map((tag) => ({ id: tag, label: `#${tag}` })),
                ]}
              />
            ) : null}
            {view === 'list' ? (
              <Select
                label="Order"
                labelHidden
                className="w-36"
                value={order}
                onChange={setOrder}
                options={[
                  { id: 'newest', label: 'Newest first' },
                  { id: 'due', label: 'By due date' },
                  { id: 'wording', label: 'By wording' },
                ]}
              />
            ) : null}
            <div className="flex">
              <IconButton label="List" pressed={view === 'list'} onPress={() => setView('list')}>
                <List aria-hidden className="size-4" />
              </IconButton>
              <IconButton label="Board by status" pressed={view === 'board'} onPress={() => setView('board')}>
                <Columns3 aria-hidden className="size-4" />
              </IconButton>
            </div>
          </search>
          <p role="status" className={found.length === 0 ? 'py-6 text-muted' : 'sr-only'}>
            {isComing
              ? 'Reading all claims…'
              : found.length === 0
                ? 'No claim fits all of this.'
                : `${found.length} of ${all.length} claims`}
          </p>
          {found.length > 0 && view === 'list' ? (
            <p className="pb-2 text-end">
              <GuestLinkTo kind="claims" ids={found.map(({ id }) => id)} name="these claims" />
            </p>
          ) : null}
          {view === 'board' ? (
            <ClaimBoard claims={found} statuses={statuses} today={today} mayMove={mayMove} onMove={move} />
          ) : (
            <ul aria-label="Claims" className={found.length > 0 ? 'border-t border-line' : undefined}>
              <LongList items={found} step={50}>
                {(claim) => <ClaimRow key={claim.id} claim={claim} statuses={statuses} today={today} />}
              </LongList>
            </ul>
          )}
        </>
      )}
      <NewClaimDialog isOpen={isWriting} onClose={() => setWriting(false)} />
    </div>
  );
}
