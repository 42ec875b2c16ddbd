'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { can } from '@/lib/access/can';
import { isTyping, useProject } from '../live/project-context';
import { QueueItem, QueueLine } from './queue-item';
import { useDecisions } from './use-decisions';
import type { Placed } from './use-targets';

/** The marks that wait for somebody, one of them open; keys lead through them. */
export function AnchorQueue({
  list,
  projectId,
  label,
  openFirst,
}: {
  list: readonly Placed[];
  projectId: string;
  label: string;
  /** The mark to open with; else the first. */
  openFirst: string | null;
}) {
  const router = useRouter();
  const decide = useDecisions(projectId);
  const { role, me, isClosed } = useProject((state) => ({
    role: state.role,
    me: state.me.id,
    isClosed: state.connection === 'closed',
  }));
  const [openId, setOpenId] = useState<string | null>(openFirst);
  const [choices, setChoices] = useState<ReadonlyMap<string, number>>(new Map());
  const items = useRef<HTMLUListElement>(null);
  // When the open one is decided, whoever has its place in the list is next.
  const lastIndex = useRef(0);
  const found = list.findIndex(({ annotation }) => annotation.id === openId);
  const at = found >= 0 ? found : Math.min(lastIndex.current, list.length - 1);
  lastIndex.current = Math.max(0, at);
  const open = list[at];

  const hrefOf = ({ annotation }: Placed) =>
    `/projects/${projectId}/sources/${annotation.sourceId}?place=${annotation.id}`;
  const chosenOf = ({ target }: Placed) =>
    choices.get(target.annotationId) ?? (target.candidates.length === 1 ? 0 : -1);
  const reasonFor = ({ annotation }: Placed) => {
    if (isClosed) return 'There is no connection.';
    const own = annotation.creator.id === me;
    if (can(role, own ? 'target.decide-own' : 'target.decide-any')) return null;
    return own
      ? 'Your role does not let you decide this.'
      : `${annotation.creator.name} or an editor decides this.`;
  };
  const choose = (one: Placed, index: number) =>
    setChoices((before) => new Map(before).set(one.annotation.id, index));
  const accept = (one: Placed) => {
    const chosen = chosenOf(one);
    if (chosen < 0 || one.target.candidates[chosen] === undefined) return;
    void decide(one.annotation, { accept: true, candidate: chosen });
  };
  const go = (index: number) => {
    const next = list[index];
    if (next === undefined) return;
    setOpenId(next.annotation.id);
    requestAnimationFrame(() => {
      const item = items.current?.querySelector<HTMLElement>(`[data-target="${next.annotation.id}"]`);
      item?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
      item?.scrollIntoView({ block: 'nearest' });
    });
  };

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    if (document.querySelector('[role="dialog"]') !== null || open === undefined) return;
    const { key } = event;
    const number = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
    const may = reasonFor(open) === null;
    if (key === 'j') go(at + 1);
    else if (key === 'k') go(at - 1);
    else if (!may) return;
    else if (key === 'a') accept(open);
    else if (key === 'o' && open.target.state === 'waiting') void decide(open.annotation, { orphan: true });
    else if (key === 'p') router.push(hrefOf(open));
    else if (number >= 0 && number < open.target.candidates.length) choose(open, number);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <ul ref={items} aria-label={label} className="border-t border-line">
      {list.map((one, index) => {
        const { annotation, target } = one;
        const isOpen = index === at;
        return (
          <li key={annotation.id} data-target={annotation.id} className="border-b border-line">
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setOpenId(annotation.id)}
              className="flex w-full flex-col gap-1 rounded py-3 text-start"
            >
              <QueueLine annotation={annotation} target={target} />
            </button>
            {isOpen ? (
              <QueueItem
                annotation={annotation}
                target={target}
                chosen={chosenOf(one)}
                onChoose={(candidate) => choose(one, candidate)}
                reason={reasonFor(one)}
                placeHref={hrefOf(one)}
                onAccept={() => accept(one)}
                onOrphan={() => void decide(annotation, { orphan: true })}
                onReopen={() => void decide(annotation, { reopen: true })}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
