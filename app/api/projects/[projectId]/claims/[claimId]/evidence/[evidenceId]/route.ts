import { projectRoute } from '@/app/api/handle';
import { removeEvidence, updateEvidence } from '@/server/claims/evidence';

export const PATCH = projectRoute('evidence.update', (grant, { params, body, ifMatch }) =>
  updateEvidence(grant, params.claimId, params.evidenceId, body, ifMatch),
);
export const DELETE = projectRoute('evidence.remove', (grant, { params, ifMatch }) =>
  removeEvidence(grant, params.claimId, params.evidenceId, ifMatch),
);
