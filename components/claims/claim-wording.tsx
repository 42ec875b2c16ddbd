'use client';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Claim } from '@/lib/claims/claim';
import { useActions } from '../live/project-context';
import { Button, IconButton } from '../ui/button';
import { TextArea } from '../ui/text-field';

/** What the claim says; whoever may puts it into better words. */
export function ClaimWording({ claim, canChange }: { claim: Claim; canChange: boolean }) {
  const { updateClaim } = useActions();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <div className="flex items-start gap-2">
        <h1 className="min-w-0 grow font-serif text-[28px] font-semibold leading-tight [overflow-wrap:anywhere]">
          {claim.wording}
        </h1>
        {canChange ? (
          <IconButton label="Change the wording" onPress={() => setDraft(claim.wording)}>
            <Pencil aria-hidden className="size-4" />
          </IconButton>
        ) : null}
      </div>
    );
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const wording = draft.trim();
        if (wording !== '' && wording !== claim.wording) updateClaim(claim.id, { wording });
        setDraft(null);
      }}
    >
      <h1 className="sr-only">{claim.wording}</h1>
      <TextArea
        label="What is claimed"
        rows={3}
        autoFocus
        isRequired
        maxLength={2_000}
        value={draft}
        onChange={setDraft}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={() => setDraft(null)}>
          Cancel
        </Button>
        <Button type="submit" look="primary" isDisabled={draft.trim() === ''}>
          Save
        </Button>
      </div>
    </form>
  );
}
