'use client';
import { Check } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components';
import type { Code } from '@/lib/codebook/code';
import { treeOf } from '@/lib/codebook/tree';
import { INPUT_CLASS } from '../ui/field';
import { Kbd } from '../ui/kbd';
import { OPTION_CLASS } from '../ui/menu';

const NEW = 'new-code';

/** Finds a code by typing; Enter takes it. A name that is not there yet can be made on the spot by those who may. */
export function CodePicker({
  codes,
  chosen,
  canCreate,
  onPick,
  onCreate,
  onClose,
  keys,
}: {
  codes: readonly Code[];
  /** Codes the passage has already; picking one takes it away. */
  chosen: readonly string[];
  canCreate: boolean;
  onPick: (code: Code) => void;
  onCreate: (name: string) => void;
  onClose: () => void;
  /** The number keys that put a code on what is selected. */
  keys?: ReadonlyMap<string, number>;
}) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [typed, setTyped] = useState('');
  const rows = useMemo(() => treeOf(codes), [codes]);
  const name = typed.trim();
  const isNew =
    canCreate && name !== '' && !codes.some((code) => code.name.toLowerCase() === name.toLowerCase());
  const items = [
    ...rows.map(({ code, depth }) => ({ id: code.id, code, depth, key: keys?.get(code.id) })),
    ...(isNew ? [{ id: NEW, code: null, depth: 0, key: undefined }] : []),
  ];
  return (
    <div
      className="flex w-64 flex-col gap-1 p-1.5"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      role="dialog"
      aria-label="Choose a code"
    >
      <Autocomplete filter={contains} inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label="Find a code" autoFocus>
          <Input
            placeholder={canCreate ? 'Find or add a code' : 'Find a code'}
            className={`${INPUT_CLASS} h-8`}
          />
        </SearchField>
        <Menu
          aria-label="Codes"
          className="max-h-64 overflow-auto outline-none"
          items={items}
          dependencies={[chosen, keys, typed]}
          renderEmptyState={() => (
            <p className="px-2.5 py-2 text-[13px] text-muted">
              {codes.length === 0 ? 'There are no codes yet.' : 'No code has this name.'}
            </p>
          )}
        >
          {(item) => (
            <MenuItem
              id={item.id}
              textValue={item.code?.name ?? typed}
              className={OPTION_CLASS}
              onAction={() => (item.code === null ? onCreate(name) : onPick(item.code))}
            >
              {item.code === null ? (
                <span>
                  Add the code <strong className="font-semibold">{name}</strong>
                </span>
              ) : (
                <span
                  className="flex items-center gap-2"
                  style={{ paddingInlineStart: typed === '' ? `${item.depth * 0.9}rem` : undefined }}
                >
                  <CodeDot colour={item.code.colour} />
                  <span className="min-w-0 grow truncate">{item.code.name}</span>
                  {chosen.includes(item.code.id) ? <Check aria-label="chosen" className="size-4" /> : null}
                  {item.key === undefined ? null : <Kbd>{item.key}</Kbd>}
                </span>
              )}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </div>
  );
}

/** The colour of a code, never its only sign: its name stands beside it. */
export function CodeDot({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      className="inline-block size-2.5 shrink-0 rounded-full"
      style={{ background: `var(--code-${colour})` }}
    />
  );
}
