'use client';
import { useState } from 'react';
import type { Claim } from '@/lib/claims/claim';
import { useActions, useProject } from '../live/project-context';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { CONFIDENCE } from './claim-words';
import type { useStatuses } from './use-claims';

type Confidence = keyof typeof CONFIDENCE;

/** How a claim stands, how sure that is, who sees to it and until when. */
export function ClaimFields({
  claim,
  statuses,
  canChange,
}: {
  claim: Claim;
  statuses: ReturnType<typeof useStatuses>;
  canChange: boolean;
}) {
  const { updateClaim } = useActions();
  const members = useProject((state) => state.members);
  const isDisabled = !canChange;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Select
        label="Status"
        isDisabled={isDisabled}
        value={claim.status}
        onChange={(status) => updateClaim(claim.id, { status })}
        options={
          statuses.list.length > 0
            ? statuses.list.map(({ key, name }) => ({ id: key, label: name }))
            : [{ id: claim.status, label: statuses.nameOf(claim.status) }]
        }
      />
      <Select
        label="Confidence"
        isDisabled={isDisabled}
        value={claim.confidence ?? 'none'}
        onChange={(value) =>
          updateClaim(claim.id, { confidence: value === 'none' ? null : (value as Confidence) })
        }
        options={[
          { id: 'none', label: 'Not said' },
          ...Object.entries(CONFIDENCE).map(([id, label]) => ({ id, label })),
        ]}
      />
      <Select
        label="Owner"
        isDisabled={isDisabled}
        value={claim.owner?.id ?? 'none'}
        onChange={(userId) => {
          const member = members.get(userId);
          updateClaim(claim.id, { owner: member === undefined ? null : { id: userId, name: member.name } });
        }}
        options={[
          { id: 'none', label: 'Nobody' },
          ...[...members.values()].map(({ userId, name }) => ({ id: userId, label: name })),
        ]}
      />
      <TextField
        label="Due"
        type="date"
        isDisabled={isDisabled}
        value={claim.due ?? ''}
        onChange={(due) => updateClaim(claim.id, { due: due === '' ? null : due })}
      />
      <div className="col-span-2 sm:col-span-4">
        <Tags claim={claim} isDisabled={isDisabled} />
      </div>
    </div>
  );
}

function Tags({ claim, isDisabled }: { claim: Claim; isDisabled: boolean }) {
  const { updateClaim } = useActions();
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    if (typed === null) return;
    const tags = [...new Set(typed.split(',').map((tag) => tag.trim().replace(/^#/, '')))].filter(
      (tag) => tag !== '',
    );
    if (tags.join() !== claim.tags.join()) updateClaim(claim.id, { tags: tags.slice(0, 20) });
    setTyped(null);
  };
  return (
    <TextField
      label="Tags"
      hint="Separated by commas"
      isDisabled={isDisabled}
      value={typed ?? claim.tags.join(', ')}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else event.continuePropagation();
      }}
    />
  );
}
