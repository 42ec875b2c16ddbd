'use client';
import { type KeyboardEvent, useState } from 'react';
import type { Proposal } from '@/lib/quotes/proposal';
import { Button } from '../ui/button';
import { ComboBox } from '../ui/combo-box';
import { Kbd } from '../ui/kbd';
import type { Decision } from './proposal-list';

/** Why the proposal one is at was made, and what can be done with it. */
export function DecideProposal({
  proposal,
  isCorrecting,
  speakers,
  onDecide,
  onSave,
  onCancel,
}: {
  proposal: Proposal;
  isCorrecting: boolean;
  speakers: readonly string[];
  onDecide: (decision: Decision) => void;
  onSave: (speaker: string) => void;
  onCancel: () => void;
}) {
  return (
    <section
      aria-label="The proposal you are at"
      className="sticky bottom-0 flex flex-col gap-2 border-t border-line bg-paper px-4 py-3"
    >
      {isCorrecting ? (
        <CorrectSpeaker speaker={proposal.speaker} speakers={speakers} onSave={onSave} onCancel={onCancel} />
      ) : (
        <>
          <p className="text-[13px] text-muted">{proposal.reason}</p>
          {proposal.chain.length === 0 ? null : (
            <p className="text-[13px] text-muted">Came through {proposal.chain.join(', then ')}.</p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button size="small" look="primary" onPress={() => onDecide('accept')}>
              Accept{' '}
              <span className="rounded border border-current px-1 font-mono text-[11px] opacity-80">a</span>
            </Button>
            <Button size="small" onPress={() => onDecide('correct')}>
              Correct speaker <Kbd>e</Kbd>
            </Button>
            <Button size="small" look="quiet" onPress={() => onDecide('refuse')}>
              Refuse <Kbd>r</Kbd>
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function CorrectSpeaker({
  speaker,
  speakers,
  onSave,
  onCancel,
}: {
  speaker: string;
  speakers: readonly string[];
  onSave: (speaker: string) => void;
  onCancel: () => void;
}) {
  const [value, setValue] = useState(speaker);
  // Before the field sees them: a suggestion list would keep the keys to itself.
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    const isChoosing = (event.target as HTMLElement).getAttribute('aria-activedescendant');
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && !isChoosing && event.target instanceof HTMLInputElement) onSave(value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      aria-label="Correct the speaker"
      className="flex flex-col gap-2"
      onKeyDownCapture={keys}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(value);
      }}
    >
      <ComboBox label="Who says it?" autoFocus suggestions={speakers} value={value} onChange={setValue} />
      <div className="flex justify-end gap-2">
        <Button size="small" look="quiet" onPress={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit">
          Keep with this speaker
        </Button>
      </div>
    </form>
  );
}
