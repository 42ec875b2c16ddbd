'use client';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { can } from '@/lib/access/can';
import type { Evidence } from '@/lib/claims/claim';
import { GuestLinkTo } from '../live/guest-link-to';
import { useActions, useProject } from '../live/project-context';
import { ThreadList } from '../threads/thread-list';
import { IconButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Section } from '../ui/section';
import { Time } from '../ui/time';
import { toast } from '../ui/toasts';
import { useCall } from '../ui/use-call';
import { ClaimFields } from './claim-fields';
import { ClaimWording } from './claim-wording';
import { STANCES } from './claim-words';
import { EvidenceItem } from './evidence-item';
import { Origins } from './origins';
import { SignOff } from './sign-off';
import { useOrigins, useStatuses } from './use-claims';

/** A claim with all that speaks for and against it; below it what else the page has about it. */
export function ClaimPage({ claimId, children }: { claimId: string; children?: ReactNode }) {
  const router = useRouter();
  const { claim, isComing, role, me, projectId, isClosed } = useProject((state) => ({
    claim: state.claims.get(claimId),
    isComing: state.coming.has('claims'),
    role: state.role,
    me: state.me.id,
    projectId: state.project.id,
    isClosed: state.connection === 'closed',
  }));
  const { removeClaim, restoreClaim, updateClaim } = useActions();
  const statuses = useStatuses();
  const origins = useOrigins(claim);
  const passages = useCall((signal) => call('claim.get', { params: { projectId, claimId }, signal }));
  const { reload } = passages;
  const key = claim?.evidence.map(({ annotationId }) => annotationId).join();
  const read = useRef(key);
  useEffect(() => {
    if (read.current !== key) reload();
    read.current = key;
  }, [key, reload]);
  const claims = `/projects/${projectId}/claims`;
  if (claim === undefined && isComing)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <Spinner label="Opening" />
      </div>
    );
  if (claim === undefined || claim.deleted !== null)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <EmptyState
          title={claim === undefined ? 'There is no such claim' : 'This claim was deleted'}
          action={
            <Link href={claims} className="text-accent underline underline-offset-2">
              All claims
            </Link>
          }
        />
      </div>
    );
  const own = claim.creator.id === me;
  const canChange = !isClosed && can(role, own ? 'claim.update-own' : 'claim.update-any');
  const mayDelete = !isClosed && can(role, own ? 'claim.delete-own' : 'claim.delete-any');
  const byId = new Map((passages.data?.passages ?? []).map((passage) => [passage.annotationId, passage]));
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-8">
      <header className="flex flex-col gap-4">
        <p className="flex items-center justify-between text-[14px]">
          <Link href={claims} className="rounded text-accent underline underline-offset-2">
            Claims
          </Link>
          <span className="flex items-center gap-3">
            <GuestLinkTo kind="claims" ids={[claim.id]} name="this claim" />
            {mayDelete ? (
              <IconButton
                label="Delete this claim"
                onPress={() => {
                  removeClaim(claim.id);
                  toast({
                    text: 'Claim deleted',
                    action: { label: 'Undo', onPress: () => restoreClaim(claim.id) },
                  });
                  router.push(claims);
                }}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            ) : null}
          </span>
        </p>
        <ClaimWording key={claim.wording} claim={claim} canChange={canChange} />
        {claim.reopened === null ? null : (
          <div
            role="status"
            className="flex flex-wrap items-center gap-3 border-s-2 border-warning ps-3 text-[14px] text-warning"
          >
            A source this rests on has changed. Look at its passages again, then set the status.
            {canChange ? (
              <button
                type="button"
                className="min-h-6 rounded underline underline-offset-2"
                onClick={() => updateClaim(claim.id, { reopened: null })}
              >
                It stands as it was
              </button>
            ) : null}
          </div>
        )}
        <ClaimFields claim={claim} statuses={statuses} canChange={canChange} />
        <SignOff claim={claim} />
        <p className="text-[13px] text-muted">
          Written down by {claim.creator.name} <Time at={claim.created} />
        </p>
        <FormError>{passages.error}</FormError>
      </header>
      {claim.evidence.length === 0 ? (
        <EmptyState title="No evidence yet">
          Open a source, select a passage or open the card of a mark, and attach it to this claim as support,
          as dispute or as context.
        </EmptyState>
      ) : (
        (Object.keys(STANCES) as Evidence['stance'][]).map((stance) => {
          const evidence = claim.evidence.filter((one) => one.stance === stance);
          if (evidence.length === 0) return null;
          return (
            <Section key={stance} title={`${STANCES[stance].name} (${evidence.length})`}>
              {stance === 'supports' ? <Origins origins={origins} canChange={canChange} /> : null}
              <ul className="border-t border-line">
                {evidence.map((one) => (
                  <EvidenceItem
                    key={one.id}
                    claim={claim}
                    evidence={one}
                    passage={byId.get(one.annotationId)}
                    canChange={canChange}
                  />
                ))}
              </ul>
            </Section>
          );
        })
      )}
      {children}
      <Section title="Discussion">
        <ThreadList target={{ type: 'claim', id: claim.id }}>
          <p className="text-[14px] text-muted">
            Ask what is not clear, or say who should look into it: an @ and a name tells that person.
          </p>
        </ThreadList>
      </Section>
    </div>
  );
}
