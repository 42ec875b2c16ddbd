'use client';
import { useCallback } from 'react';
import type { Annotation } from '@/lib/annotations/annotation';
import type { TargetDecision } from '@/lib/annotations/target';
import { useActions } from '../live/project-context';
import { CallError, call } from '../ui/http';
import { toast } from '../ui/toasts';
import { wordsFor } from '../ui/use-action';

const DONE = { accept: 'Place accepted', place: 'Mark placed', orphan: 'Set aside as gone' } as const;

/** Deciding about the places of marks: each can be taken back, and one that somebody else took first says so. */
export function useDecisions(projectId: string) {
  const { learn } = useActions();
  const send = useCallback(
    async (annotation: Annotation, decision: TargetDecision): Promise<Annotation | null> => {
      try {
        const { annotation: now } = await call('target.decide', {
          params: { projectId, annotationId: annotation.id },
          body: decision,
          ifMatch: annotation.anchoring?.revision,
        });
        learn({ annotations: [now] });
        return now;
      } catch (cause) {
        const taken = cause instanceof CallError && cause.code === 'conflict';
        toast({
          tone: 'danger',
          text: taken ? 'Somebody decided this first. The list shows it as it is now.' : wordsFor(cause),
        });
        if (taken) {
          const params = { projectId, annotationId: annotation.id };
          learn({ annotations: [await call('annotation.get', { params })] });
        }
        return null;
      }
    },
    [projectId, learn],
  );
  const decide = useCallback(
    async (annotation: Annotation, decision: TargetDecision): Promise<boolean> => {
      const now = await send(annotation, decision);
      if (now === null) return false;
      const words = 'accept' in decision ? DONE.accept : 'orphan' in decision ? DONE.orphan : DONE.place;
      if (!('reopen' in decision)) {
        const undo = () => void send(now, { reopen: true });
        toast({ text: words, action: { label: 'Undo', onPress: undo } });
      }
      return true;
    },
    [send],
  );
  return decide;
}
