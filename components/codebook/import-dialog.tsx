'use client';
import { useMemo } from 'react';
import type { Code } from '@/lib/codebook/code';
import { type CodeList, parseCodeList } from '@/lib/codebook/code-list';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { TextArea } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { useAction } from '../ui/use-action';
import { useStored } from '../ui/use-stored';

const isText = (value: unknown): value is string => typeof value === 'string';
const READ_AS = {
  indented: 'Read as an indented list.',
  paths: 'Read as paths.',
  csv: 'Read as CSV with a head.',
} as const;

/** Brings a list of codes in: what would come of it is shown before. What was pasted is kept until it came in. */
export function ImportDialog({
  codes,
  isOpen,
  onClose,
}: {
  codes: readonly Code[];
  isOpen: boolean;
  onClose: () => void;
}) {
  const projectId = useProject((state) => state.project.id);
  const { learn, removeCode } = useActions();
  const [text, setText] = useStored(`gloss.code-list.${projectId}`, '', isText);
  const list = useMemo(() => parseCodeList(text), [text]);
  const known = new Map(codes.map((code) => [code.name.toLowerCase(), code.name]));
  const fresh = list.codes.filter(({ name }) => !known.has(name.toLowerCase()));
  const bring = useAction(async () => {
    const given = list.codes.map(({ name, parent, definition, colour }) => ({
      name,
      parent,
      definition,
      colour,
    }));
    const { items } = await call('code.import', { params: { projectId }, body: { codes: given } });
    learn({ codes: items });
    setText('');
    onClose();
    toast({
      text: items.length === 1 ? '1 code came in' : `${items.length} codes came in`,
      action: {
        label: 'Undo',
        onPress: () => {
          // Children first: those under a code that is removed would move up.
          for (const { id } of [...items].reverse()) removeCode(id);
        },
      },
    });
  });
  return (
    <Dialog title="Paste a list of codes" isOpen={isOpen} onClose={onClose} width="max-w-2xl">
      <p className="text-[14px] text-muted">
        One code a line; what is indented stands under the line above. Paths (<code>Denial &gt; Full</code>)
        and CSV with a head (name, definition, colour, parent) do as well. Codes that are there already are
        kept as they are.
      </p>
      <TextArea
        label="The list"
        autoFocus
        rows={8}
        placeholder={'Denial\n\tFull\n\tPartial\nCost estimate'}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          // A tab belongs to the list here; Escape leads out of it.
          if (event.key !== 'Tab' || event.shiftKey || text === '') event.continuePropagation();
        }}
      />
      <label className="flex flex-wrap items-center gap-2 text-[14px] text-muted">
        Or take it from a file
        <input
          type="file"
          accept=".txt,.csv,.tsv,.md,text/plain,text/csv"
          className="text-[13px]"
          onChange={async (event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) setText(await file.text());
            event.target.value = '';
          }}
        />
      </label>
      {text.trim() === '' ? null : <Preview list={list} known={known} />}
      <FormError>{bring.error}</FormError>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={fresh.length === 0 || list.faults.length > 0}
          isPending={bring.busy}
          onPress={() => void bring.run()}
        >
          {fresh.length === 1 ? 'Bring in 1 code' : `Bring in ${fresh.length} codes`}
        </Button>
      </div>
    </Dialog>
  );
}

function Preview({ list, known }: { list: CodeList; known: ReadonlyMap<string, string> }) {
  return (
    <section aria-label="What comes in" className="flex flex-col gap-2">
      <p className="text-[13px] text-muted">{READ_AS[list.format]}</p>
      {list.faults.length > 0 ? (
        <ul aria-label="Lines to mend" className="flex flex-col gap-0.5 text-[14px] text-danger">
          {list.faults.slice(0, 20).map(({ line, why }) => (
            <li key={line}>
              Line {line}: {why}
            </li>
          ))}
        </ul>
      ) : null}
      <ul
        aria-label="Codes of the list"
        className="max-h-56 overflow-y-auto rounded-md border border-line p-2 text-[14px]"
      >
        {list.codes.map(({ name, depth, line, definition }) => (
          <li
            key={line + name}
            style={{ paddingInlineStart: `${depth * 1.1}rem` }}
            className="flex gap-2 py-0.5"
          >
            <span className="min-w-0 break-words">{name}</span>
            <span className="min-w-0 grow truncate text-muted">{definition}</span>
            {known.has(name.toLowerCase()) ? (
              <span className="shrink-0 text-muted">there already</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
