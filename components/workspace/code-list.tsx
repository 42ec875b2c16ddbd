'use client';
import { Paintbrush } from 'lucide-react';
import { useState } from 'react';
import type { Code } from '@/lib/codebook/code';
import { treeOf } from '@/lib/codebook/tree';
import { CodeDot } from '../annotations/code-picker';
import { IconButton } from '../ui/button';
import { INPUT_CLASS } from '../ui/field';
import { Kbd } from '../ui/kbd';
import { DRAGGED_CODE } from './use-code-drop';

export type CodeListProps = {
  codes: readonly Code[];
  keys: ReadonlyMap<string, number>;
  /** Marks of this source with each code. */
  counts: ReadonlyMap<string, number>;
  filtered: readonly string[];
  /** The code that is put on whatever is selected next. */
  armedId: string | null;
  hasSelection: boolean;
  canMark: boolean;
  canCreate: boolean;
  onPick: (code: Code) => void;
  onArm: (code: Code | null) => void;
  onCreate: (name: string) => void;
};

/** The codes: a click filters, or codes what is selected; the brush puts the code on everything selected from then on. */
export function CodeList(props: CodeListProps) {
  const { codes, keys, counts, filtered, armedId, hasSelection } = props;
  const { canMark, canCreate, onPick, onArm, onCreate } = props;
  return (
    <>
      {treeOf(codes).map(({ code, depth }) => {
        const armed = code.id === armedId;
        return (
          <li
            key={code.id}
            className="group flex items-center rounded-md hover:bg-hover"
            style={{ paddingInlineStart: `${depth * 0.9}rem` }}
            draggable={canMark}
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED_CODE, code.id)}
          >
            {/* Pressing the name leaves the selection where it is, which keeps it from being dragged: the dot is. */}
            <span
              title={canMark ? `Drag ${code.name} onto selected words or a mark` : undefined}
              className={`grid h-8 w-6 shrink-0 place-items-center ${canMark ? 'cursor-grab' : ''}`}
            >
              <CodeDot colour={code.colour} />
            </span>
            <button
              type="button"
              aria-pressed={filtered.includes(code.id)}
              title={hasSelection && canMark ? `Put ${code.name} on the selection` : `Show only ${code.name}`}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onPick(code)}
              className="flex min-h-8 min-w-0 grow items-center gap-2 rounded-md pe-2 text-start text-[14px] aria-pressed:bg-accent-wash"
            >
              <span className="min-w-0 grow truncate">{code.name}</span>
              <span className="text-[12px] tabular-nums text-muted">{counts.get(code.id) ?? 0}</span>
              {keys.has(code.id) ? <Kbd>{keys.get(code.id)}</Kbd> : null}
            </button>
            {canMark ? (
              <IconButton
                label={armed ? `Stop coding with ${code.name}` : `Code whatever I select with ${code.name}`}
                pressed={armed}
                onPress={() => onArm(armed ? null : code)}
                className={`size-7 ${armed ? '' : 'opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100'}`}
              >
                <Paintbrush aria-hidden className="size-3.5" />
              </IconButton>
            ) : null}
          </li>
        );
      })}
      {canCreate ? (
        <li className="mt-1 px-1">
          <NewCodeField onCreate={onCreate} isFirst={codes.length === 0} />
        </li>
      ) : codes.length === 0 ? (
        <li className="px-2 py-1 text-[13px] text-muted">No codes yet. An editor can add them.</li>
      ) : null}
    </>
  );
}

function NewCodeField({ onCreate, isFirst }: { onCreate: (name: string) => void; isFirst: boolean }) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onCreate(name.trim());
        setName('');
      }}
    >
      <input
        aria-label="Add a code"
        placeholder={isFirst ? 'Add a first code, for example Hedge' : 'Add a code'}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
        className={`${INPUT_CLASS} h-8 border-transparent bg-transparent px-1.5 text-[14px] hover:border-edge`}
      />
    </form>
  );
}
