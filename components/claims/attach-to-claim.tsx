'use client';
import { useMemo, useState } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import { exactOf } from '@/lib/annotations/span';
import type { Evidence } from '@/lib/claims/claim';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { findClaims, NO_FILTER } from './claim-filter';
import { STANCES } from './claim-words';

const SHOWN = 30;

/** Attaches a marked passage to a claim, or begins to track a new one that rests on it. */
export function AttachToClaim({ annotation, onClose }: { annotation: Annotation; onClose: () => void }) {
  const claims = useProject((state) => state.claims);
  const { createClaim, addEvidence } = useActions();
  const [words, setWords] = useState('');
  const [stance, setStance] = useState<Evidence['stance']>('supports');
  const found = useMemo(
    () => findClaims(claims.values(), { ...NO_FILTER, words }, 'newest').slice(0, SHOWN),
    [claims, words],
  );
  const wording = words.trim() || annotation.body?.value || exactOf(annotation);
  const done = (text: string) => {
    onClose();
    toast({ text });
  };
  return (
    <Dialog title="Attach to a claim" isOpen onClose={onClose}>
      <blockquote className="line-clamp-3 border-s-2 border-line ps-3 font-serif text-[15px] text-muted">
        {exactOf(annotation)}
      </blockquote>
      <Select
        label="What the passage does"
        value={stance}
        onChange={setStance}
        options={(Object.keys(STANCES) as Evidence['stance'][]).map((id) => ({
          id,
          label: STANCES[id].name,
        }))}
      />
      <TextField
        label="Find a claim, or word a new one"
        autoFocus
        maxLength={2_000}
        value={words}
        onChange={setWords}
      />
      <ul aria-label="Claims" className="flex max-h-60 flex-col overflow-y-auto">
        {found.map((claim) => {
          const has = claim.evidence.find(({ annotationId }) => annotationId === annotation.id);
          return (
            <li key={claim.id} className="border-b border-line last:border-0">
              <button
                type="button"
                disabled={has?.stance === stance}
                onClick={() => {
                  addEvidence(claim.id, annotation.id, stance);
                  done('Attached');
                }}
                className="flex min-h-9 w-full items-baseline gap-2 rounded px-1 py-1.5 text-start hover:bg-hover disabled:opacity-60"
              >
                <span className="min-w-0 grow font-serif leading-snug [overflow-wrap:anywhere]">
                  {claim.wording}
                </span>
                {has === undefined ? null : (
                  <span className="shrink-0 text-[12px] text-muted">
                    {STANCES[has.stance].name.toLowerCase()}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <Button
        className="self-start"
        onPress={() => {
          createClaim({
            wording: wording.slice(0, 2_000),
            evidence: [{ annotationId: annotation.id, stance }],
          });
          done('Claim tracked');
        }}
      >
        Track a new claim: “{wording.length > 48 ? `${wording.slice(0, 47)}…` : wording}”
      </Button>
    </Dialog>
  );
}
