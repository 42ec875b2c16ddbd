'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import type { Claim, Evidence } from '@/lib/claims/claim';
import { useProject } from '../live/project-context';
import { STANCES } from './claim-words';

/** The claims a mark is evidence for, with what it does to each. */
export function ClaimsOfMark({ annotationId }: { annotationId: string }) {
  const claims = useProject((state) => state.claims);
  const found = useMemo(() => {
    const all: { claim: Claim; evidence: Evidence }[] = [];
    for (const claim of claims.values()) {
      if (claim.deleted !== null) continue;
      const evidence = claim.evidence.find((one) => one.annotationId === annotationId);
      if (evidence !== undefined) all.push({ claim, evidence });
    }
    return all;
  }, [claims, annotationId]);
  if (found.length === 0) return null;
  return (
    <ul aria-label="Claims" className="flex flex-col gap-1 text-[13px]">
      {found.map(({ claim, evidence }) => (
        <li key={claim.id}>
          <span className="text-muted">{STANCES[evidence.stance].verb} </span>
          <Link
            href={`/projects/${claim.projectId}/claims/${claim.id}`}
            className="rounded text-accent underline underline-offset-2"
          >
            {claim.wording}
          </Link>
        </li>
      ))}
    </ul>
  );
}
