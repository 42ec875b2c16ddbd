'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Decision, DisputedCoding, QueuedDisagreement } from '@/lib/adjudication/decision';
import { mostUsed } from '@/lib/adjudication/gold';
import { nextFrom, sameAs } from '@/lib/adjudication/keep-place';
import { shorten } from '@/lib/words/shorten';
import { isTyping, useActions } from '../live/project-context';
import { toast } from '../ui/toasts';
import { wordsOf } from './queue-list';
import type { Third } from './third-editor';

type Needs = {
  passId: string;
  queue: readonly QueuedDisagreement[];
  standing: ReadonlyMap<string, Decision>;
  mayDecide: boolean;
};

/** The disagreement that is looked at, and where it stood when the queue was last read. */
type Place = { readonly one: QueuedDisagreement; readonly at: number };

/**
 * Going through a queue: which disagreement is looked at, and what each key makes of it. When the queue is read anew one stays
 * where one is, with what was typed there; where nobody differs there any more one is told, and goes on.
 */
export function useDeciding({ passId, queue, standing, mayDecide }: Needs) {
  const { decide, undoDecision, explainDecision, createThread } = useActions();
  const [place, setPlace] = useState<Place | null>(null);
  const [whys, setWhys] = useState<Readonly<Record<string, string>>>({});
  const [third, setThird] = useState<Third | null>(null);
  const made = useRef<{ id: string; key: string }[]>([]);
  const kept = place === null ? undefined : sameAs(queue, place.one);
  const current = kept ?? nextFrom(queue, place?.at ?? 0, (key) => standing.has(key));
  const decision = current === undefined ? undefined : standing.get(current.key);
  const why = current === undefined ? '' : (whys[current.key] ?? decision?.why ?? '');

  const go = (to: string | undefined) => {
    setThird(null);
    const one = queue.find(({ key }) => key === to);
    if (one !== undefined) setPlace({ one, at: queue.indexOf(one) });
  };
  const stay = useEffectEvent((one: QueuedDisagreement) => {
    const at = queue.indexOf(one);
    setPlace({ one, at });
    if (place === null || place.one.key === one.key) return;
    const typed = whys[place.one.key];
    if (kept === undefined) {
      setThird(null);
      toast({ text: `The coders no longer differ at “${shorten(wordsOf(place.one), 60)}”.` });
    } else if (typed !== undefined) setWhys((before) => ({ ...before, [one.key]: before[one.key] ?? typed }));
  });
  useEffect(() => {
    if (current !== undefined) stay(current);
  }, [current]);
  const step = (by: 1 | -1) => {
    const at = queue.findIndex((one) => one.key === current?.key);
    go(queue[at + by]?.key);
  };
  const settle = (deciding: Parameters<typeof decide>[2]) => {
    if (current === undefined || !mayDecide) return;
    const id = decide(passId, current, { ...deciding, why: why.trim(), replaces: decision?.id });
    made.current.push({ id, key: current.key });
    const isDecided = (key: string) => key === current.key || standing.has(key);
    const next = nextFrom(queue, queue.indexOf(current) + 1, isDecided);
    go(next === undefined || isDecided(next.key) ? current.key : next.key);
  };
  const talk = (outcome: 'discuss' | 'codebook') => {
    const [coding] = current?.codings ?? [];
    if (current === undefined || coding === undefined || !mayDecide) return;
    const words = `“${shorten(wordsOf(current), 200)}”`;
    const said =
      outcome === 'discuss'
        ? `We coded ${words} differently. What holds?`
        : `The codebook does not settle how to code ${words}.`;
    const target =
      outcome === 'discuss'
        ? ({ type: 'annotation', id: coding.annotationId } as const)
        : ({ type: 'code', id: mostUsed(current.codings) } as const);
    const text = why.trim() === '' ? said : outcome === 'discuss' ? why.trim() : `${why.trim()}\n\n${said}`;
    settle({ outcome, threadId: createThread(target, text) });
  };
  const actions = {
    accept: ({ annotationId, codeId }: DisputedCoding) =>
      settle({ outcome: 'accept', accepted: { annotationId, codeId } }),
    merge: () => settle({ outcome: 'merge' }),
    third: () => {
      if (current === undefined || !mayDecide) return;
      const { start, end, codings } = current;
      setThird({ codeId: mostUsed(codings), start, end });
    },
    saveThird: () => {
      if (third !== null) settle({ outcome: 'third', third });
    },
    discuss: () => talk('discuss'),
    codebook: () => talk('codebook'),
    undo: () => {
      if (!mayDecide) return;
      const last = decision === undefined ? made.current.pop() : { id: decision.id, key: decision.key };
      if (last === undefined) return;
      undoDecision(last.id);
      go(last.key);
    },
    explain: () => {
      if (decision !== undefined) explainDecision(decision.id, why.trim());
    },
  };

  const latest = useRef({ actions, step, current, third });
  latest.current = { actions, step, current, third };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const now = latest.current;
      if (now.third !== null || document.querySelector('[role="dialog"]') !== null) return;
      const coding = /^[1-9]$/.test(event.key) ? now.current?.codings[Number(event.key) - 1] : undefined;
      const command = coding === undefined ? COMMANDS[event.key] : () => now.actions.accept(coding);
      if (command === undefined) return;
      event.preventDefault();
      command(now.actions, now.step);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return {
    current,
    decision,
    why,
    setWhy: (words: string) => {
      if (current !== undefined) setWhys((before) => ({ ...before, [current.key]: words }));
    },
    third,
    setThird,
    go,
    step,
    actions,
  };
}

type Deeds = Record<'merge' | 'third' | 'discuss' | 'codebook' | 'undo', () => void>;
const COMMANDS: Record<string, ((deeds: Deeds, step: (by: 1 | -1) => void) => void) | undefined> = {
  m: ({ merge }) => merge(),
  e: ({ third }) => third(),
  d: ({ discuss }) => discuss(),
  b: ({ codebook }) => codebook(),
  u: ({ undo }) => undo(),
  j: (_, step) => step(1),
  k: (_, step) => step(-1),
};
