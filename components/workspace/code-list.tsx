'use client';
import { Paintbrush } from 'lucide-react';
import { useState } from 'react';
import type { Code } from '@/lib/codebook/code';
import { CodeDot } from '../annotations/code-picker';
import { IconButton } from '../ui/button';
import { INPUT_CLASS } from '../ui/field';
import { Kbd } from '../ui/kbd';

export type CodeListProps = {
  codes: readonly Code[];
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
  const { codes, counts, filtered, armedId, hasSelection, canMark, canCreate, onPick, onArm, onCreate } =
    props;
  return (
    <>
      {codes.map((code, index) => {
        const armed = code.id === armedId;
        return (
          <li key={code.id} className="group flex items-center rounded-md hover:bg-hover">
            <button
              type="button"
              aria-pressed={filtered.includes(code.id)}
              title={hasSelection && canMark ? `Put ${code.name} on the selection` : `Show only ${code.name}`}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onPick(code)}
              className="flex min-h-8 min-w-0 grow items-center gap-2 rounded-md px-2 text-start text-[14px] aria-pressed:bg-accent-wash"
            >
              <CodeDot colour={code.colour} />
              <span className="min-w-0 grow truncate">{code.name}</span>
              <span className="text-[12px] tabular-nums text-muted">{counts.get(code.id) ?? 0}</span>
              {index < 9 ? <Kbd>{index + 1}</Kbd> : null}
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
