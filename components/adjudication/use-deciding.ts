'use client';
import { useEffect, useRef, useState } from 'react';
import type { Decision, DisputedCoding, QueuedDisagreement } from '@/lib/adjudication/decision';
import { mostUsed } from '@/lib/adjudication/gold';
import { shorten } from '@/lib/words/shorten';
import { isTyping, useActions } from '../live/project-context';
import { wordsOf } from './queue-list';
import type { Third } from './third-editor';

type Needs = {
  passId: string;
  queue: readonly QueuedDisagreement[];
  standing: ReadonlyMap<string, Decision>;
  mayDecide: boolean;
};

/** Going through a queue: which disagreement is looked at, and what each key makes of it. */
export function useDeciding({ passId, queue, standing, mayDecide }: Needs) {
  const { decide, undoDecision, explainDecision, createThread } = useActions();
  const [key, setKey] = useState<string | null>(null);
  const [whys, setWhys] = useState<Readonly<Record<string, string>>>({});
  const [third, setThird] = useState<Third | null>(null);
  const made = useRef<{ id: string; key: string }[]>([]);
  const current =
    queue.find((one) => one.key === key) ?? queue.find((one) => !standing.has(one.key)) ?? queue[0];
  const decision = current === undefined ? undefined : standing.get(current.key);
  const why = current === undefined ? '' : (whys[current.key] ?? decision?.why ?? '');

  const go = (to: string | undefined) => {
    setThird(null);
    if (to !== undefined) setKey(to);
  };
  const step = (by: 1 | -1) => {
    const at = queue.findIndex((one) => one.key === current?.key);
    go(queue[at + by]?.key);
  };
  const settle = (deciding: Parameters<typeof decide>[2]) => {
    if (current === undefined || !mayDecide) return;
    const id = decide(passId, current, { ...deciding, why: why.trim(), replaces: decision?.id });
    made.current.push({ id, key: current.key });
    const at = queue.findIndex((one) => one.key === current.key);
    const later = [...queue.slice(at + 1), ...queue.slice(0, at)];
    go((later.find((one) => !standing.has(one.key)) ?? current).key);
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
