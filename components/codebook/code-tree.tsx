'use client';
import { ChevronRight, GripVertical } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import {
  Button,
  Collection,
  DropIndicator,
  type Key,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from 'react-aria-components';
import type { Code, CodeMove } from '@/lib/codebook/code';
import { childrenOf, type Step, standsAfter, stepOf } from '@/lib/codebook/tree';
import { CodeDot } from '../annotations/code-picker';

const STEPS: Record<string, Step | undefined> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

type Node = { id: string; code: Code; children: Node[] };
type Props = {
  codes: readonly Code[];
  counts: ReadonlyMap<string, number>;
  selectedId: string | null;
  canChange: boolean;
  onSelect: (id: string) => void;
  onMove: (id: string, move: CodeMove) => void;
};

/** The codebook as a tree: rows are dragged by their handle, or moved by Alt and the arrows. */
export function CodeTree({ codes, counts, selectedId, canChange, onSelect, onMove }: Props) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  useStepKeys(box, canChange, (id, step) => {
    const move = stepOf(codes, id, step);
    if (move !== null) onMove(id, move);
  });
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !canChange,
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': nameOf(codes, key) })),
    renderDropIndicator: (target) => (
      <DropIndicator target={target} className="relative z-10 -my-px h-0.5 data-[drop-target]:bg-accent" />
    ),
    onMove: ({ keys, target }) => {
      const [id] = [...keys].map(String);
      if (id !== undefined) onMove(id, moveTo(codes, id, String(target.key), target.dropPosition));
    },
  });
  const under = childrenOf(codes);
  const nodesOf = (parent: string | null): Node[] =>
    (under.get(parent) ?? []).map((code) => ({ id: code.id, code, children: nodesOf(code.id) }));
  const row = ({ id, code, children }: Node) => (
    <TreeItem
      id={id}
      textValue={code.name}
      className="group/row rounded-md outline-offset-[-2px] hover:bg-hover data-[drop-target]:bg-accent-wash data-[selected]:bg-accent-wash data-[dragging]:opacity-50"
    >
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <span
            className="flex min-h-9 items-center gap-1.5 pe-2 text-[15px]"
            style={{ paddingInlineStart: `${(level - 1) * 1.1}rem` }}
          >
            {hasChildItems ? (
              <Button
                slot="chevron"
                className="grid size-6 shrink-0 place-items-center rounded text-muted hover:text-ink"
              >
                <ChevronRight
                  aria-hidden
                  className={`size-4 transition-transform ${isExpanded ? 'rotate-90' : ''}`}
                />
              </Button>
            ) : (
              <span className="size-6 shrink-0" />
            )}
            <CodeDot colour={code.colour} />
            <span className="min-w-0 grow break-words py-1.5 leading-snug">{code.name}</span>
            <span className="text-[13px] tabular-nums text-muted">
              {counts.get(id) ?? 0}
              <span className="sr-only"> passages</span>
            </span>
            {canChange ? (
              <Button
                slot="drag"
                className="grid size-6 shrink-0 cursor-grab place-items-center rounded text-muted opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100"
              >
                <GripVertical aria-hidden className="size-4" />
              </Button>
            ) : null}
          </span>
        )}
      </TreeItemContent>
      <Collection items={children}>{row}</Collection>
    </TreeItem>
  );
  return (
    <div ref={box}>
      <Tree
        aria-label="Codes"
        items={nodesOf(null)}
        dependencies={[counts, canChange]}
        selectionMode="single"
        disallowEmptySelection={selectedId !== null}
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onSelectionChange={(keys) => {
          const [id] = keys === 'all' ? [] : [...keys];
          if (id !== undefined) onSelect(String(id));
        }}
        expandedKeys={codes.flatMap(({ id }) => (collapsed.has(id) ? [] : [id]))}
        onExpandedChange={(open) =>
          setCollapsed(new Set(codes.flatMap(({ id }) => (open.has(id) ? [] : [id]))))
        }
        dragAndDropHooks={dragAndDropHooks}
        className="outline-none"
      >
        {row}
      </Tree>
    </div>
  );
}

function nameOf(codes: readonly Code[], key: Key): string {
  return codes.find(({ id }) => id === key)?.name ?? '';
}

function moveTo(
  codes: readonly Code[],
  id: string,
  target: string,
  position: 'before' | 'after' | 'on',
): CodeMove {
  if (position === 'on') return { parentId: target };
  const parentId = codes.find((code) => code.id === target)?.parentId ?? null;
  if (position === 'after') return { parentId, after: target };
  const rest = codes.filter((code) => code.id !== id);
  return { parentId, after: standsAfter(rest, target) };
}

/** Alt and an arrow move the row that has the focus; it keeps the focus. */
function useStepKeys(
  box: { readonly current: HTMLDivElement | null },
  isOn: boolean,
  onStep: (id: string, step: Step) => void,
) {
  const latest = useRef(onStep);
  latest.current = onStep;
  useEffect(() => {
    const at = box.current;
    if (at === null || !isOn) return;
    const listen = (event: KeyboardEvent) => {
      const step = event.altKey ? STEPS[event.key] : undefined;
      if (!at.contains(event.target as HTMLElement)) return;
      const id = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]')?.dataset.key;
      if (step === undefined || id === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(id, step);
      requestAnimationFrame(() => at.querySelector<HTMLElement>(`[data-key="${id}"]`)?.focus());
    };
    // Before the tree's own keys, which it takes on their way down and which know no Alt.
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [box, isOn]);
}
