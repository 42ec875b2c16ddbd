'use client';
import { can } from '@/lib/access/can';
import type { Claim } from '@/lib/claims/claim';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Time } from '../ui/time';
import { useAction } from '../ui/use-action';

/** Whether somebody vouches for the claim as it stands; any change to it takes that away. */
export function SignOff({ claim }: { claim: Claim }) {
  const role = useProject((state) => state.role);
  const { learn } = useActions();
  const params = { projectId: claim.projectId, claimId: claim.id };
  const sign = useAction(async () =>
    learn({ claims: [await call('claim.sign-off', { params, ifMatch: claim.revision })] }),
  );
  const unsign = useAction(async () => learn({ claims: [await call('claim.unsign', { params })] }));
  const maySign = can(role, 'claim.sign-off');
  return (
    <div className="flex flex-wrap items-center gap-3 text-[14px]">
      {claim.signedOff === null ? (
        <>
          <span className="text-muted">Nobody has signed this off.</span>
          {maySign ? (
            <Button size="small" isPending={sign.busy} onPress={() => void sign.run()}>
              Sign it off as it stands
            </Button>
          ) : null}
        </>
      ) : (
        <>
          <span>
            Signed off by <span className="font-medium">{claim.signedOff.by.name}</span>{' '}
            <Time at={claim.signedOff.at} />
          </span>
          {maySign ? (
            <Button size="small" look="quiet" isPending={unsign.busy} onPress={() => void unsign.run()}>
              Take it back
            </Button>
          ) : null}
        </>
      )}
      <FormError>{sign.error ?? unsign.error}</FormError>
    </div>
  );
}
