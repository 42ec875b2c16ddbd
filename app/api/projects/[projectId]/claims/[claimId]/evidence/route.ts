import { projectRoute } from '@/app/api/handle';
import { createEvidence } from '@/server/claims/evidence';

export const POST = projectRoute('evidence.create', (grant, { params, body }) =>
  createEvidence(grant, params.claimId, body),
);
