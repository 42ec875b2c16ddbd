'use client';
import { ArrowLeft, Ellipsis, Star } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import type { Code } from '@/lib/codebook/code';
import type { CodeCount } from '@/lib/codebook/passage';
import { pathTo, type Step, stepOf } from '@/lib/codebook/tree';
import { useActions, useProject } from '../live/project-context';
import { ThreadList } from '../threads/thread-list';
import { Button, IconButton } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';
import { Tabs } from '../ui/tabs';
import { CodeCounts } from './code-counts';
import { CodeExamples } from './code-examples';
import { CodeHistory, Said } from './code-history';
import { CodeReview } from './code-review';
import { ColourPicker } from './colour-picker';
import { EditCode } from './edit-code';
import { MergedCodes } from './gone-codes';
import { MergeDialog } from './merge-dialog';
import { PassageList } from './passage-list';
import { SplitDialog } from './split-dialog';
import { type PassageQuery, usePassages } from './use-passages';

type Props = {
  code: Code;
  codes: readonly Code[];
  count: CodeCount | undefined;
  canChange: boolean;
  tab: string;
  onTab: (tab: string) => void;
  onSelect: (id: string | null) => void;
};

/** Everything about one code: what it says, where it was put on, and what became of it. */
export function CodeDetail({ code, codes, count, canChange, tab, onTab, onSelect }: Props) {
  const actions = useActions();
  const [mode, setMode] = useState<'view' | 'edit' | 'merge' | 'split'>('view');
  const outdated = count?.outdated ?? 0;
  const taken = codes.flatMap(({ id, name }) => (id === code.id ? [] : [name]));
  const path = pathTo(codes, code.id).slice(0, -1);
  return (
    <section aria-label={`Code ${code.name}`} className="flex min-w-0 flex-col gap-4">
      <Button look="quiet" size="small" className="-ms-2 self-start lg:hidden" onPress={() => onSelect(null)}>
        <ArrowLeft aria-hidden className="size-4" /> All codes
      </Button>
      <div className="flex items-start gap-2">
        <ColourPicker
          label={`Colour of ${code.name}`}
          colour={code.colour}
          isDisabled={!canChange}
          onChange={(colour) => actions.updateCode(code.id, { colour })}
        />
        <div className="min-w-0 grow">
          {path.length > 0 ? (
            <p className="text-[13px] text-muted">{path.map(({ name }) => name).join(' › ')}</p>
          ) : null}
          <h2 className="break-words font-serif text-xl font-semibold leading-tight">{code.name}</h2>
        </div>
        {canChange ? (
          <>
            <Button size="small" onPress={() => setMode('edit')}>
              Edit
            </Button>
            <Menu
              label="More about this code"
              trigger={
                <IconButton label="More">
                  <Ellipsis aria-hidden className="size-4" />
                </IconButton>
              }
              entries={entriesFor(code, codes, actions, setMode, onSelect)}
            />
          </>
        ) : null}
      </div>
      {mode === 'edit' ? (
        <EditCode
          code={code}
          taken={taken}
          onDone={(edit) => {
            if (edit !== undefined && Object.keys(edit).length > 0) actions.updateCode(code.id, edit);
            setMode('view');
          }}
        />
      ) : (
        <div className="flex flex-col gap-2 text-[15px]">
          <Said
            words={
              code.definition ||
              (canChange
                ? 'No definition yet. Edit it, so that two people mean the same.'
                : 'No definition yet.')
            }
          />
          {code.whenToUse ? <Said label="Use it" words={code.whenToUse} /> : null}
          {code.whenNot ? <Said label="Don’t use it" words={code.whenNot} /> : null}
        </div>
      )}
      <CodeExamples code={code} canChange={canChange} />
      <Memo code={code} />
      <Origin code={code} codes={codes} canChange={canChange} />
      <MergedCodes code={code} canChange={canChange} />
      <Tabs
        label={`About ${code.name}`}
        selected={tab}
        onSelect={onTab}
        tabs={[
          {
            id: 'passages',
            label: 'Passages',
            content: <Passages code={code} canChange={canChange} />,
          },
          {
            id: 'review',
            label: outdated > 0 ? `Review (${outdated})` : 'Review',
            content: <CodeReview key={code.id} code={code} codes={codes} />,
          },
          { id: 'history', label: 'Versions', content: <CodeHistory code={code} /> },
          {
            id: 'talk',
            label: 'Discussion',
            content: (
              <div className="pt-4">
                <ThreadList target={{ type: 'code', id: code.id }}>
                  <p className="text-[14px] text-muted">
                    Ask what the code means, or say how its words should change: an @ and a name tells that
                    person.
                  </p>
                </ThreadList>
              </div>
            ),
          },
        ]}
      />
      {mode === 'merge' ? (
        <MergeDialog
          code={code}
          codes={codes}
          count={count?.count ?? 0}
          onClose={() => setMode('view')}
          onMerged={onSelect}
        />
      ) : null}
      {mode === 'split' ? (
        <SplitDialog
          code={code}
          taken={codes.map(({ name }) => name)}
          onClose={() => setMode('view')}
          onSplit={onSelect}
        />
      ) : null}
    </section>
  );
}

const MOVES: readonly [Step, string, string][] = [
  ['up', 'Move up', 'Alt ↑'],
  ['down', 'Move down', 'Alt ↓'],
  ['in', 'Put under the one above', 'Alt →'],
  ['out', 'Take out one level', 'Alt ←'],
];

function entriesFor(
  code: Code,
  codes: readonly Code[],
  actions: ReturnType<typeof useActions>,
  setMode: (mode: 'merge' | 'split') => void,
  onSelect: (id: string | null) => void,
): MenuEntry[] {
  const moves = MOVES.flatMap(([step, label, shortcut]) => {
    const move = stepOf(codes, code.id, step);
    return move === null
      ? []
      : [{ id: step, label, shortcut, onAction: () => void actions.moveCode(code.id, move) }];
  });
  return [
    ...moves,
    { id: 'merge', label: 'Merge into another code…', onAction: () => setMode('merge') },
    { id: 'split', label: 'Split off a code…', onAction: () => setMode('split') },
    {
      id: 'remove',
      label: 'Remove',
      danger: true,
      onAction: () => {
        actions.removeCode(code.id);
        onSelect(null);
      },
    },
  ];
}

function Passages({ code, canChange }: { code: Code; canChange: boolean }) {
  const projectId = useProject((state) => state.project.id);
  const { updateCode } = useActions();
  const [filter, setFilter] = useState<PassageQuery>({});
  const passages = usePassages(code.id, filter);
  return (
    <div className="flex flex-col gap-4">
      <CodeCounts codeId={code.id} filter={filter} onFilter={setFilter} />
      <PassageList
        label="Passages"
        projectId={projectId}
        passages={passages}
        empty="Nothing here yet. Select words in a source and press t, or drag the code onto them."
        end={(passage) => {
          const isExample = code.exampleIds.includes(passage.id);
          const exampleIds = isExample
            ? code.exampleIds.filter((id) => id !== passage.id)
            : [...code.exampleIds, passage.id];
          return canChange ? (
            <IconButton
              label={isExample ? 'No example any more' : 'Pick as an example'}
              pressed={isExample}
              isDisabled={!isExample && code.exampleIds.length >= 20}
              onPress={() => updateCode(code.id, { exampleIds })}
            >
              <Star aria-hidden className={`size-4 ${isExample ? 'fill-current' : ''}`} />
            </IconButton>
          ) : null;
        }}
      />
    </div>
  );
}

/** The note about the code: opened, or started by those who may. */
function Memo({ code }: { code: Code }) {
  const router = useRouter();
  const { createNote, updateCode } = useActions();
  const { note, role, projectId } = useProject((state) => ({
    note: code.memoNoteId === null ? undefined : state.notes.get(code.memoNoteId),
    role: state.role,
    projectId: state.project.id,
  }));
  const open = (id: string) => router.push(`/projects/${projectId}/notes/${id}`);
  if (note !== undefined)
    return (
      <Button size="small" className="self-start" onPress={() => open(note.id)}>
        Open the memo
      </Button>
    );
  if (!can(role, 'note.create') || !can(role, 'code.update')) return null;
  return (
    <Button
      size="small"
      className="self-start"
      onPress={() => {
        const id = createNote({ title: `Memo: ${code.name}` });
        updateCode(code.id, { memoNoteId: id });
        open(id);
      }}
    >
      Write a memo
    </Button>
  );
}

function Origin({ code, codes, canChange }: { code: Code; codes: readonly Code[]; canChange: boolean }) {
  const { unsplitCode } = useActions();
  const from = codes.find(({ id }) => id === code.splitFrom);
  if (from === undefined) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 text-[14px] text-muted">
      Split from “{from.name}”.
      {canChange ? (
        <Button size="small" look="quiet" onPress={() => unsplitCode(code.id)}>
          Put it back
        </Button>
      ) : null}
    </p>
  );
}
