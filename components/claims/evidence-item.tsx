'use client';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { CREDIBILITIES, CREDIBILITY_WORDS, RELIABILITIES, RELIABILITY_WORDS } from '@/lib/claims/admiralty';
import type { Claim, Evidence } from '@/lib/claims/claim';
import { useActions } from '../live/project-context';
import { IconButton } from '../ui/button';
import { Select } from '../ui/select';
import { STANCES } from './claim-words';

/** A passage as a claim's page shows it, also when its source is not open. */
export type Passage = {
  readonly annotationId: string;
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly exact: string;
  readonly speaker: string | null;
  /** What a version did to it, in words. */
  readonly changed: string | null;
};

/** One passage that a claim rests on or is disputed by, with its weight. */
export function EvidenceItem({
  claim,
  evidence,
  passage,
  canChange,
}: {
  claim: Claim;
  evidence: Evidence;
  passage: Passage | undefined;
  canChange: boolean;
}) {
  const { updateEvidence, removeEvidence } = useActions();
  const name = passage?.exact.slice(0, 60) ?? 'this passage';
  return (
    <li className="flex flex-col gap-2 border-b border-line py-4">
      {passage === undefined ? (
        <p className="text-muted">Reading the passage…</p>
      ) : (
        <>
          <blockquote className="border-s-2 border-line ps-3 font-serif text-[17px] leading-relaxed [overflow-wrap:anywhere]">
            {passage.exact}
          </blockquote>
          <p className="flex flex-wrap gap-x-3 text-[13px] text-muted">
            {passage.speaker ? <span className="font-medium text-ink">{passage.speaker}</span> : null}
            <Link
              href={`/projects/${claim.projectId}/sources/${passage.sourceId}?mark=${passage.annotationId}`}
              className="rounded text-accent underline underline-offset-2"
            >
              {passage.sourceTitle}
            </Link>
            {passage.changed === null ? null : <span className="text-warning">{passage.changed}</span>}
            <span>attached by {evidence.creator.name}</span>
          </p>
        </>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Select
          label={`What it does: ${name}`}
          labelHidden
          size="small"
          className="w-36"
          isDisabled={!canChange}
          value={evidence.stance}
          onChange={(stance) => updateEvidence(claim.id, evidence.id, { stance })}
          options={(Object.keys(STANCES) as Evidence['stance'][]).map((id) => ({
            id,
            label: STANCES[id].name,
          }))}
        />
        <Select
          label={`Reliability of the source: ${name}`}
          labelHidden
          size="small"
          className="w-44"
          isDisabled={!canChange}
          value={evidence.reliability ?? 'none'}
          onChange={(value) =>
            updateEvidence(claim.id, evidence.id, {
              reliability: value === 'none' ? null : (value as NonNullable<Evidence['reliability']>),
            })
          }
          options={[
            { id: 'none', label: 'Source not rated' },
            ...RELIABILITIES.map((id) => ({
              id,
              label: `${id}: ${RELIABILITY_WORDS[id].name}`,
              hint: RELIABILITY_WORDS[id].means,
            })),
          ]}
        />
        <Select
          label={`Credibility of the statement: ${name}`}
          labelHidden
          size="small"
          className="w-44"
          isDisabled={!canChange}
          value={evidence.credibility === null ? 'none' : String(evidence.credibility)}
          onChange={(value) =>
            updateEvidence(claim.id, evidence.id, {
              credibility: CREDIBILITIES.find((digit) => String(digit) === value) ?? null,
            })
          }
          options={[
            { id: 'none', label: 'Statement not rated' },
            ...CREDIBILITIES.map((digit) => ({
              id: String(digit),
              label: `${digit}: ${CREDIBILITY_WORDS[digit].name}`,
              hint: CREDIBILITY_WORDS[digit].means,
            })),
          ]}
        />
        {canChange ? (
          <IconButton label={`Detach ${name}`} onPress={() => removeEvidence(claim.id, evidence.id)}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        ) : null}
      </div>
    </li>
  );
}
